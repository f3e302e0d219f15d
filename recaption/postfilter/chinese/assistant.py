"""What the assistant says that is no caption: its reasoning, what it says to the user, and refusals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.chinese.phrases import any_of
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.sentences import spans

_CAPTION = r"(?:描述|描写|说明|字幕|标题|文案|总结|概述|概括|介绍|解说|叙述|摘要|答案|回答|回复|结果|内容|文本|旁白|提示词|分析|解读|解析|版本|段落|文字|caption)"
_I = r"(?<!自)(?<!忘)我(?!们(?:可以)?看)"
_SORRY = r"(?:抱歉|对不起|很遗憾|非常遗憾|遗憾的是|遗憾地|不好意思|请(?:您)?(?:原谅|谅解|见谅|理解)|恕我|敬请谅解|深表歉意|致歉)"
_MODEL = r"(?:作为|我(?:只|仅)?是|身为|本人是)(?:一)?(?:个|名|款|位)?[^，。；]{0,12}(?:人工智能|AI|语言模型|大模型|模型|助手|机器人|程序|助理)"
_NOT = r"(?:无法|不能|不便|不可以|未能|没能|难以|拒绝|没法|没有|没办法|不会|不予|不作|不具备|不支持|不被?允许|不得|不应|不宜|不方便|不打算|不愿|不肯|不足以|[看写答说给帮做办读打]不[了到出开]|只能|仅能|无力|无权|受限|恕)"
_INPUT = r"(?:视频|影片|录像|影像|文件|附件|链接|素材|图片|图像|内容|请求|画面|材料|片段|资料|问题|要求|任务|帧)"
_REFUSAL = re.compile(
    "|".join(
        (
            rf"(?:\A|[，。！？；\n])\s*(?:但|但是|不过|我|非常|十分|很|实在|真的?|深感|万分|在此|只能说|先说声){{0,2}}{_SORRY}[^\n]{{0,80}}?(?:{_NOT}|不|没|未)",
            rf"{_NOT}[^。！？\n]{{0,60}}?{_SORRY}",
            rf"{_MODEL}[^。！？\n]{{0,60}}?(?:{_NOT}|并不|不具|不是)",
            rf"{_I}[^。！？\n“”]{{0,24}}?(?:{_NOT}|不(?:可|宜|对|描|去|再|该)|未(?:收|看|获|能|被))[^。！？\n]{{0,30}}",
            rf"(?:您|你)[^。！？\n]{{0,40}}?(?:违反|涉及|敏感|违规|不当|损坏|失败|为空|不符合|不存在|超出|{_NOT}|未(?:包含|附|提供|上传))",
            rf"(?:政策|隐私|版权|安全规|规定|准则|规范|法规|法律|合规|守则|原则)[^。！？\n]{{0,40}}?{_NOT}",
            rf"{_INPUT}[^。！？\n，]{{0,12}}?(?:无法|未能|不能|没能|没有)(?:被)?(?:成功|正常|正确|顺利|完整)?(?:加载|打开|读取|处理|展示|显示|提供|描述|识别|解析|播放|访问|下载|获取|完成|回答|上传|查看|生成)",
            rf"(?:没有|没|未|并未|尚未|未能)(?:能)?(?:成功)?(?:收到|检测到|接收到|找到|获取到?|识别到|附带|附上|看到|读取到?|加载|上传)[^。！？\n，]{{0,8}}{_INPUT}",
            rf"(?:无法|不能|未能|没办法|难以)(?:为|向|给|对|处理|完成|满足|回答|响应|回应)?(?:您|你|此|这一?[段个]?|该|其|任何)?[^。！？\n，]{{0,8}}(?:{_CAPTION}|请求|要求|问题|任务|指令)",
            r"(?:请|麻烦|烦请|劳烦)(?:您|你)?(?:重新|再次?|先)?(?:上传|提供|发送|更换|提交|重传|换)[^。！？\n]{0,20}(?:视频|影片|素材|文件|图片|内容|链接|截图|帧|再|一次|\Z|[。！])",
            r"(?:不作|不予|不便|不宜|暂不|拒绝)(?:任何|进一步|详细)?(?:描述|评论|回答|说明|讨论|提供|透露|置评|展开)",
            rf"(?:超出|不在)(?:了)?[^。！？\n]{{0,12}}(?:能力|服务|权限|处理)[^。！？\n]{{0,4}}(?:范围|之内|之外|所及)?",
            rf"(?:由于|因为?|出于|鉴于|受)[^。！？\n]{{0,30}}(?:未成年|暴力|血腥|色情|敏感|隐私|身份)[^。！？\n]{{0,20}}?{_NOT}",
            r"选择不(?:作|做|予|去|再)?(?:描述|回答|评论|说明|展开)",
        )
    )
)
_REFUSAL_STEM = re.compile(r"抱歉|对不起|遗憾|不好意思|谅|恕|歉|作为|我|您|你|无法|不能|未能|没办法|政策|隐私|违反|上传|更换|超出|不在|没有收|没收|未检|未收|不作|不予|不便|不宜|暂不|拒绝|选择不|难以|规")

_NOT_WE = r"(?:我(?!们)|本助手|本模型|本AI|小助手)"
_THOUGHT = re.compile(
    rf"用户(?:希望|想|要求|要|让|需要|给|提供|上传|请|问|的|可能|说|发|提到|没|是)|{_NOT_WE}(?:得|需要|要|应该|应当|先|可以|来|会|想|认为|觉得|看|现在|必须|注意|猜|打算|不能|不应|不要|还|再|就|把|数|记|试|该|确|准备|只|将)"
    r"|让我|开始写|开始描述|开始回答|写出来|写成|动笔|下笔|(?:描述|输出|回答|写|文案|内容)(?:时|中|里)?(?:要|需要?|应该?|必须|得|不要|不能|不超过|控制)|字数|字以内|个字|提示词|题目|任务(?:是|要求)|要求(?:是|我|里|用|写|输出)|指令|注意(?:不要|避免|别|用|顺序|时态|到|保持)|避免(?:使用|提到|出现|写|主观)"
    r"|需要(?:注意|描述|避免|包含|按|把|用|写|强调|提到|确认|说明|客观)|不要(?:写|提|用|加|出现|猜)|别(?:写|提|用|猜|忘)|要不要|该不该|应该(?:写|说|描述|提|按|用|包括)|先(?:看|理|梳理|确认|想|数|分析|列|整理|描述|写)|再(?:看|确认|数|想|检查|核对|写)一?(?:下|遍|看|写)?|确认(?:一下|了|过|没)|看看|看一下|看最后|对吧|对吗|是不是|等等|等一下|不对|应该没错|没问题|那就(?:是|写)|这样(?:就|写|描述)|总之|综上|最终(?:描述|答案|输出|版本)|思考|推理|分析一下|梳理|整理一下|组织(?:一下)?语言|如何描述|怎么(?:写|描述)|客观(?:描述|地)|按(?:时间|照时间|顺序)|时间顺序|写一段|一段话|中文(?:描述|回答|输出|写)|翻译|准备写|可以写|直接写"
)
_SURE_THOUGHT = re.compile(
    rf"{_NOT_WE}(?!国)|用户|思路|提示词|字数|题目|让我|写(?:成|一段|得|法|出来|完)|要求(?:是|用|写|一段|不|里|：)|任务(?:是|：)|等等[，,。]|等一下|想想|思考|分析[：:一]|开始写|不分点|先写|再写|按顺序写|该怎么|要不要|怎么写|如何写"
    r"|数一下|数一数|确认一下|看一下|检查一遍|核对"
)
_THOUGHT_START = re.compile(r"\s*(?:嗯|唔|呃|好[，,。！]|好的[，,。！]|OK[，,]|ok[，,]|首先[，,]?(?:我|用户|需要|看|确认|分析)|用户|我|让我|思路|思考|推理|分析|任务|题目|问题是|先(?:看|理|梳理|确认|想|数|分析|列|整理|写)|需要|要求|根据用户|现在)")
_ANSWER = re.compile(rf"(?:最终|正式|下面|以下|那么)?(?:的|是|为)?(?:{_CAPTION})(?:如下|为|是)?[：:]\s*\Z")

_TALK_LINE = re.compile(r"您|你|[：:]\s*\Z|描述如下|以下是|下面是")
_GREETING = re.compile(
    r"(?:乐意效劳|乐意之至|愿意效劳|马上来|来了|这就来|请看|请查收|没问题的|当然没问题|好的|好呀|好嘞|好|当然(?:可以|了)?|没问题|可以的?|明白了?|收到|了解|您好|你好|嗨|哈喽|谢谢|感谢|很高兴|非常乐意|乐意|遵命|行|嗯|没有问题|亲|欢迎|哇)(?=[，,。！!：:～~、\s您你]|\Z)"
)
_TALK = re.compile(
    "|".join(
        (
            rf"(?:以下|下面|如下|下述|接下来|这里|这|以上|上面|上述|现)(?:就|便|则)?(?:是|为|给出|附上|提供|奉上|请看|将|呈上|供)[^。！？\n]{{0,40}}{_CAPTION}",
            rf"{_CAPTION}[^。！？\n：]{{0,6}}(?:如下|见下|在下面|整理如下|奉上|请查收|完毕|到此结束|仅供参考|供您参考)",
            rf"(?:作|作出|做|做出|进行|给出|整理出?|提供|写了?|写出|撰写|生成)(?:了|一段|一份|一个|如下|以下|的|出|详细|完整|客观|简要|简短|中文|相应){{0,5}}{_CAPTION}",
            r"(?:根据|按照|应|依照|基于)(?:您|你|用户|上述|所给|提供)[^。！？\n]{0,20}",
            r"希望(?:这|以上|上述|对您|对你|能|它|我的|该|本)[^。！？\n]{0,30}",
            r"(?:如果|如|若|倘若|假如|要是)(?:您|你|还|有|需|想|觉得|对)[^。！？\n]{0,40}(?:请|随时|告诉|联系|提问|说|欢迎|可以|提供|补充|调整|修改|帮)",
            r"(?:请|随时|欢迎|尽管|可以随时)[^。！？\n]{0,12}(?:告诉我|告知|联系|提问|吩咐|指出|指正|提出|补充|查收|参考|确认|过目|慢用|反馈|留言|说)",
            r"(?:还|是否|要不要|需不需要|需要|想要|有没有|有什么|还有)[^。！？\n]{0,30}(?:吗|呢|么|帮您|帮你|为您|为你)",
            r"(?:祝|愿)(?:您|你|大家)[^。！？\n]{0,20}",
            r"(?:请注意|注意|注|备注|说明|提示|温馨提示|友情提示|声明|免责声明|PS|P\.S\.)[：:，,][^\n]{0,80}(?:描述|视频|画面|内容|生成|帧|推测|参考|准确|误差|遗漏|文本|图像|信息|文字|字数|细节)",
            rf"(?:以上|上述|本|该|这段|此)(?:内容|文字)?(?:的)?{_CAPTION}(?:均|都|仅|只|是|由|基于|根据|力求|尽量|已|约|共|涵盖|包含|完|可能|或|如有|可以|不)[^。！？\n]{{0,50}}",
            r"(?:您|你)[^。！？\n]{0,40}",
            r"我(?:将|会|来|为|把|已|已经|可以|很|仔细|尽量|尽力|再|按|根据|帮|对|给|整理|观察|看了|写|就|们将为)[^。！？\n]{0,60}",
            r"(?:描述|回答|输出|内容)(?:完毕|结束|到此为止|到这里)",
            r"(?:如有|若有)[^。！？\n]{0,30}",
        )
    )
)
_TALK_STEM = re.compile(r"您|你|我|希望|以下|下面|如下|以上|上述|好的|当然|没问题|请|祝|注|备注|明白|收到|可以|谢|欢迎|描述|说明|如有|若有|还需要|需要.{0,20}[吗么]|[（(]注|好[，,！!]|乐意")


def _thinking(text: str) -> Iterator[Change]:
    folded = plain(text)
    if not _SURE_THOUGHT.search(folded):
        return
    end = _end_of_paragraphs(folded) or _end_of_sentences(text, folded)
    if folded[end:].strip() and end:
        yield Change(0, end, "")


def _end_of_paragraphs(folded: str) -> int:
    """Where the paragraphs of reasoning at the start end; 0 where the first one is none, or the only one."""
    lines = folded.splitlines(keepends=True)
    last = max((number for number, line in enumerate(lines) if line.strip()), default=0)
    end, position = 0, 0
    for number, line in enumerate(lines[:last]):
        position += len(line)
        if not line.strip():
            continue
        if _TALK_LINE.search(line) or not (_SURE_THOUGHT.search(line) if not end else _is_thought(line)):
            break
        end = position
    return end


def _end_of_sentences(text: str, folded: str) -> int:
    """Where the last sentence that reasons ends, of those at the start that nearly all do."""
    if not _THOUGHT_START.match(folded):
        return 0
    end, others = 0, 0
    for start, stop in spans(text):
        if _is_thought(folded[start:stop]):
            end, others = stop, 0
        else:
            others += 1
            if others > 2:
                break
    return end


def _is_thought(text: str) -> bool:
    return bool(_THOUGHT.search(text) or _SURE_THOUGHT.search(text) or _ANSWER.search(text))


def _chatter(text: str) -> Iterator[Change]:
    folded = plain(text)
    if not _TALK_STEM.search(folded):
        return
    places = _pieces(folded)
    start = 0
    while start < len(places) and _is_talk(folded, *places[start], at_start=True):
        start += 1
    end = len(places)
    while end > start and _is_talk(folded, *places[end - 1], at_start=False):
        end -= 1
    if start:
        yield Change(0, places[start - 1][1], "")
    for place in places[start:end]:
        if _ANNOUNCED.fullmatch(folded, *place):
            yield Change(*place, "")
    if end < len(places) and end > start:
        yield Change(places[end][0], len(text), "")


def _pieces(folded: str) -> list[tuple[int, int]]:
    """The sentences; a line break and a colon that announces end one too."""
    found: list[tuple[int, int]] = []
    for start, end in spans(folded):
        position = start
        for match in re.finditer(r"\n|[：:](?=\s*\S)", folded[start:end]):
            if match[0] == "\n" or _ANNOUNCES.search(folded, position, start + match.end()):
                if folded[position : start + match.end()].strip():
                    found.append((position, start + match.end()))
                position = start + match.end()
        if folded[position:end].strip():
            found.append((position, end))
    return found


_ANNOUNCES = re.compile(rf"(?:{_CAPTION}|如下|以下|下面)[^，。：:]{{0,6}}[：:]\Z")


_ANNOUNCED = re.compile(
    rf"\s*(?:具体|详细|主要|其|整个|整体)?(?:的)?(?:过程|情况|流程|步骤|细节|{_CAPTION[3:]}(?:的)?[^，。：:]{{0,6}}(?:如下|见下)(?:所示)?\s*[：:。]\s*"
)


_PERSON = re.compile(r"(?:(?<![自忘])我(?!们|国)|您|你)(?![^，。！？]{0,6}(?:看到|看见|注意到|发现|见到|看出))")
_META = re.compile(
    rf"(?:本|该|这段|此|以上|上述|全部|逐段|逐条|简短|详细|完整)[^，。！？\n]{{0,6}}{_CAPTION}[^，。！？\n]{{0,12}}(?:生成|结束|完|仅|基于|根据|供|到此|如上|说明|参考|不足|出入|\Z|[：:])"
    rf"|(?:就|便|先|暂且|暂)?(?:描述|介绍|说|写|讲)到(?:这里|此|这儿)|字数|篇幅|这就是全部|到此为止|仅供参考|如有出入|如需|若需|换成英文|翻译成|另写|重写|改写"
    r"|(?:描述|写|说明|介绍)(?:如下|完毕|完了)|告诉我|联系我|反馈给|点赞|关注我"
)


def _is_talk(folded: str, start: int, end: int, *, at_start: bool) -> bool:
    words = folded[start:end].strip().lstrip("（(【[*#- ")
    if at_start and (greeting := _GREETING.match(words)):
        rest = words[greeting.end() :].lstrip("，,。！!：:～~、 \n")
        return not rest or words[-1:] in "：:" or _is_talk(rest, 0, len(rest), at_start=True)
    return bool(_TALK.match(words) or _PERSON.search(words) or _META.search(words))


def _refusals(text: str) -> Iterator[Change]:
    folded = plain(text)
    if _REFUSAL_STEM.search(folded) and _REFUSAL.search(folded):
        yield Change(0, len(text), "")


THINKING = Rule(
    "thinking",
    "reasoning before the caption goes",
    ("嗯，用户希望我描述视频。我先看一下顺序。\n一名男子走过街道。", "一名男子走过街道。"),
    _thinking,
    language="Chinese",
)
CHATTER = Rule(
    "chatter",
    "what is said to the user goes",
    ("好的，以下是描述：一名男子走过街道。希望对您有所帮助！", "一名男子走过街道。"),
    _chatter,
    language="Chinese",
)
REFUSALS = Rule(
    "refusal",
    "the model refuses or apologises; the row fails",
    ("抱歉，我无法观看视频。", ""),
    _refusals,
    quoted=True,
    fails=True,
    language="Chinese",
)
