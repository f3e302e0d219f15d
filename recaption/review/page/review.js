// The page of `recaption review`. Whatever comes from captions and file names goes in as text, never as markup.

const ROW_HEIGHT = 32; // as in review.css
const MARKS = { accepted: "✓", edited: "✎", rejected: "✗", again: "↻" };
const WHOSE = { before: "Caption before", given: "Given by a person" };
const KEYS = { a: "accepted", e: "edited", r: "rejected", g: "again", u: "undo" };

const $ = (id) => document.getElementById(id);
const state = { captions: [], at: -1, row: null, about: {}, doing: Promise.resolve() };

async function ask(path, options) {
  const answer = await fetch(path, options);
  if (!answer.ok) throw Object.assign(new Error(await answer.text()), { status: answer.status });
  return answer.json();
}

// One thing after another, so that a key never acts on a caption that is still on its way.
function then(action, ...values) {
  state.doing = state.doing.then(() => action(...values)).catch((error) => say(error.message));
}

function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

function sure(logprob) {
  return logprob === null ? "" : `${Math.round(100 * Math.exp(logprob))}%`;
}

async function showOverview() {
  const { title, flags, verdicts, captions } = await ask("overview");
  $("title").textContent = title;
  $("progress").textContent = `${captions - verdicts.open} of ${captions} judged`;
  choices($("verdict"), [...Object.entries(verdicts), ["all", captions]]);
  choices($("flag"), [["", "any flags"], ...flags.map(({ flag, count }) => [flag, count])]);
  state.about = Object.fromEntries(flags.map(({ flag, about }) => [flag, about]));
}

function choices(select, entries) {
  const chosen = select.value;
  const label = ([value, count]) => (value ? `${value} (${count})` : count);
  select.replaceChildren(...entries.map((entry) => new Option(label(entry), entry[0])));
  if (entries.some(([value]) => value === chosen)) select.value = chosen;
}

async function showList() {
  if (!leaveUnchanged()) return;
  const query = new URLSearchParams(["order", "verdict", "flag"].map((name) => [name, $(name).value]));
  const { count, captions } = await ask(`captions?${query}`);
  state.captions = captions;
  $("more").textContent = count > captions.length ? `the first ${captions.length} of ${count} are listed` : "";
  $("rows").style.height = `${ROW_HEIGHT * captions.length}px`;
  $("list").scrollTop = 0;
  await (captions.length ? open(0) : showNothing());
}

// Only the rows in sight are in the page, so that ten thousand cost no more than twenty.
function drawRows() {
  const first = Math.max(0, Math.floor($("list").scrollTop / ROW_HEIGHT) - 5);
  const last = Math.min(state.captions.length, first + Math.ceil($("list").clientHeight / ROW_HEIGHT) + 10);
  $("rows").replaceChildren(...state.captions.slice(first, last).map((caption, i) => drawRow(caption, first + i)));
}

function drawRow({ name, verdict, logprob, flags }, index) {
  const row = document.createElement("a");
  row.href = "#";
  row.style.top = `${ROW_HEIGHT * index}px`;
  if (index === state.at) row.setAttribute("aria-current", "true");
  row.append(
    element("span", MARKS[verdict] ?? "·", verdict ?? ""),
    element("span", name, "name"),
    element("span", flags ? `⚑${flags}` : "", "count"),
    element("span", sure(logprob), "sure"),
  );
  row.onclick = (event) => {
    event.preventDefault();
    then(open, index);
  };
  return row;
}

async function open(index) {
  if (!(index in state.captions) || !leaveUnchanged()) return;
  const row = await ask(`captions/${state.captions[index].id}`);
  state.at = index;
  say("");
  draw(row);
  play(row);
  bringIntoSight(index);
  drawRows();
}

function bringIntoSight(index) {
  const list = $("list");
  const top = ROW_HEIGHT * index;
  if (top < list.scrollTop) list.scrollTop = top;
  if (top + ROW_HEIGHT > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW_HEIGHT - list.clientHeight;
}

function showNothing() {
  state.at = -1;
  state.row = null;
  $("caption").hidden = true;
  $("nothing").hidden = false;
  $("clip").removeAttribute("src");
  $("clip").load();
  drawRows();
}

function draw(row) {
  state.row = row;
  $("caption").hidden = false;
  $("nothing").hidden = true;
  $("text").textContent = row.caption || `No caption: ${row.reason}`;
  $("said").textContent = row.said ?? "";
  $("said").className = row.said ?? "";
  $("raw").textContent = row.raw;
  const others = row.others.flatMap(({ whose, caption }) => [element("h2", WHOSE[whose] ?? `Caption of ${whose}`), element("p", caption)]);
  $("others").replaceChildren(...others);
  $("flags").replaceChildren(
    ...row.flags.map((flag) => {
      const item = element("li", flag);
      item.title = state.about[flag] ?? "";
      return item;
    }),
  );
  $("changes").hidden = !row.edits.length;
  $("edits").replaceChildren(
    ...row.edits.map(({ code, before, after }) => {
      const line = document.createElement("tr");
      const change = document.createElement("td");
      change.append(element("del", before), " ", element("ins", after));
      line.append(element("td", code), change);
      return line;
    }),
  );
  $("steps").replaceChildren(
    ...row.steps.map(({ start, end, text }) => element("li", `${start.toFixed(2)} to ${end.toFixed(2)} s: ${text}`)),
  );
  const facts = { clip: row.path, mode: row.mode, model: row.model, sure: sure(row.mean_logprob) || "unknown" };
  $("facts").replaceChildren(
    ...Object.entries(facts).flatMap(([name, value]) => [element("dt", name), element("dd", value)]),
  );
}

function play({ id, start, end }) {
  const span = start === null && end === null ? "" : `#t=${start ?? 0}${end === null ? "" : `,${end}`}`;
  $("trouble").textContent = "";
  $("clip").src = `clips/${id}${span}`;
  $("clip").play().catch(() => {});
}

async function judge(verdict, caption) {
  const { id, caption: seen } = state.row;
  const listed = state.captions[state.at];
  const body = JSON.stringify({ verdict, seen, caption });
  let row;
  try {
    row = await ask(`captions/${id}/verdict`, { method: "PUT", body });
  } catch (error) {
    if (error.status === 409) draw(await ask(`captions/${id}`));
    throw error;
  }
  say("");
  listed.verdict = row.said;
  leaveEditing();
  if (verdict !== null && state.at + 1 < state.captions.length) await open(state.at + 1);
  else draw(row);
  drawRows();
  showOverview().catch((error) => say(error.message));
}

function isEditing() {
  return !$("edit").hidden;
}

function startEditing() {
  $("edit").value = state.row.caption;
  $("text").hidden = true;
  $("edit").hidden = false;
  $("edit").focus();
}

async function saveEditing() {
  const words = $("edit").value.trim().replace(/\s*\n\s*/g, " ");
  if (words) await judge("edited", words);
  else say("A caption has words: reject it instead.");
}

function leaveEditing() {
  $("edit").hidden = true;
  $("text").hidden = false;
  $("edit").blur();
}

// Whether the words were left as they are; who has changed them must say what is to become of them.
function leaveUnchanged() {
  if (isEditing() && $("edit").value !== state.row.caption) {
    say("Save the words first (Ctrl+Enter), or leave them as they were (Esc).");
    return false;
  }
  leaveEditing();
  return true;
}

async function press(what) {
  if (!state.row) return;
  if (isEditing() && (what === "edited" || what === "accepted")) await saveEditing();
  else if (what === "edited") startEditing();
  else if (leaveUnchanged()) await judge(what === "undo" ? null : what);
}

async function pressKey(what) {
  if (!isEditing()) await press(what);
}

function say(message) {
  $("message").textContent = message;
}

function playOrPause() {
  if ($("clip").paused) $("clip").play().catch(() => {});
  else $("clip").pause();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.target === $("edit")) {
    if (event.key === "Escape") leaveEditing();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) then(saveEditing);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "SELECT") return;
  if (event.key in KEYS) {
    if (!event.repeat) then(pressKey, KEYS[event.key]);
  } else if (event.key === "j" || event.key === "ArrowDown") then(() => open(state.at + 1));
  else if (event.key === "k" || event.key === "ArrowUp") then(() => open(state.at - 1));
  else if (event.key === "l") then(showList);
  else if (event.key === " " && event.target !== $("clip")) playOrPause();
  else return;
  event.preventDefault();
});

for (const what of Object.values(KEYS)) {
  $(what).onclick = () => {
    $(what).blur();
    then(press, what);
  };
}
for (const name of ["order", "verdict", "flag"]) {
  $(name).onchange = () => {
    $(name).blur();
    then(showList);
  };
}
$("list").onscroll = drawRows;
window.onresize = drawRows;
$("clip").onerror = () => {
  const { id } = state.row ?? {};
  const source = $("clip").getAttribute("src");
  if (!id || !source) return;
  if (source === `clips/${id}/preview`) {
    $("trouble").textContent = "The clip is not there, or cannot be decoded.";
    return;
  }
  $("trouble").textContent = "This browser cannot play the file; this is a preview with four frames a second.";
  $("clip").src = `clips/${id}/preview`;
  $("clip").play().catch(() => {});
};

then(async () => {
  await showOverview();
  await showList();
});
