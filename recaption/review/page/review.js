// The page of `recaption review`. Whatever comes from captions and file names goes in as text, never as markup.

const ROW_HEIGHT = 32; // as in review.css
const MARKS = { accepted: "✓", edited: "✎", rejected: "✗", again: "↻" };
const WHOSE = { before: "Caption before", given: "Given by a person" };
const KEYS = { a: "accepted", e: "edited", r: "rejected", g: "again", u: "undo" };

const $ = (id) => document.getElementById(id);
const state = { captions: [], at: -1, row: null };

async function ask(path, options) {
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
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
  const query = new URLSearchParams(["order", "verdict", "flag"].map((name) => [name, $(name).value]));
  const { count, captions } = await ask(`captions?${query}`);
  state.captions = captions;
  say(count > captions.length ? `the first ${captions.length} of ${count} are listed` : "");
  $("rows").style.height = `${ROW_HEIGHT * captions.length}px`;
  $("list").scrollTop = 0;
  await open(0);
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
    open(index);
  };
  return row;
}

async function open(index) {
  const has = index >= 0 && index < state.captions.length;
  if (!has && state.captions.length) return;
  state.at = has ? index : -1;
  $("caption").hidden = !has;
  $("nothing").hidden = has;
  leaveEditing();
  if (has) {
    const list = $("list");
    const top = ROW_HEIGHT * index;
    if (top < list.scrollTop) list.scrollTop = top;
    if (top + ROW_HEIGHT > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW_HEIGHT - list.clientHeight;
    const { id } = state.captions[index];
    const row = await ask(`captions/${id}`);
    if (state.captions[state.at]?.id !== id) return;
    draw(row);
    play(row);
  } else {
    state.row = null;
    $("clip").removeAttribute("src");
    $("clip").load();
  }
  drawRows();
}

function draw(row) {
  state.row = row;
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
  const { id } = state.row;
  const at = state.at;
  const body = JSON.stringify({ verdict, caption });
  const row = await ask(`captions/${id}/verdict`, { method: "PUT", body });
  state.captions[at].verdict = row.said;
  await showOverview();
  if (verdict === null || at + 1 === state.captions.length) {
    draw(row);
    leaveEditing();
    drawRows();
  } else {
    await open(at + 1);
  }
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
}

async function act(what) {
  if (!state.row) return;
  say("");
  if (what === "edited") startEditing();
  else await judge(what === "undo" ? null : what, state.row.caption);
}

function say(message) {
  $("message").textContent = message;
}

function attempt(action) {
  return (...values) => action(...values).catch((error) => say(error.message));
}

const tryTo = attempt(act);
const tryToOpen = attempt(open);

document.addEventListener("keydown", (event) => {
  if (event.target === $("edit")) {
    if (event.key === "Escape") leaveEditing();
    if (event.key === "Enter" && event.ctrlKey) attempt(saveEditing)();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "SELECT") return;
  if (event.key in KEYS) tryTo(KEYS[event.key]);
  else if (event.key === "j" || event.key === "ArrowDown") tryToOpen(state.at + 1);
  else if (event.key === "k" || event.key === "ArrowUp") tryToOpen(state.at - 1);
  else if (event.key === " ") $("clip").paused ? $("clip").play() : $("clip").pause();
  else return;
  event.preventDefault();
});

for (const what of Object.values(KEYS)) $(what).onclick = () => tryTo(what);
for (const name of ["order", "verdict", "flag"]) {
  $(name).onchange = () => {
    $(name).blur();
    attempt(showList)();
  };
}
$("list").onscroll = drawRows;
window.onresize = drawRows;
$("clip").onerror = () => {
  if ($("clip").hasAttribute("src")) $("trouble").textContent = "The clip is not there, or this browser cannot play it.";
};

attempt(async () => {
  await showOverview();
  await showList();
})();
