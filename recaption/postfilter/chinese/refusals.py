"""Refusals and apologies, for which the whole row fails."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.chinese.phrases import any_of
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.rule import Change, Rule

_SORRY = any_of(
    """抱歉 对不起 很遗憾 非常遗憾 遗憾的是 遗憾地 不好意思 请您?(?:原谅|谅解|见谅|理解) 恕我 敬请谅解 深表歉意
    致歉"""
)
_MODEL = r"(?:作为|我[只仅]?是|身为|本人是)一?[个名款位]?[^，。；]{0,12}(?:人工智能|AI|模型|助手|机器人|程序|助理)"
_NOT = any_of(
    """无法 不能 不便 不可以 未能 没能 难以 拒绝 没法 没有 没办法 不会 不予 不作 不具备 不支持 不被?允许 不得 不应
    不宜 不方便 不打算 不愿 不肯 不足以 [看写答说给帮做办读打]不[了到出开] 只能 仅能 无力 无权 受限 恕"""
)
_INPUT = any_of("视频 影片 录像 影像 文件 附件 链接 素材 图片 图像 内容 请求 画面 材料 片段 资料 问题 要求 任务 帧")
_DONE = any_of("""加载 打开 读取 处理 展示 显示 提供 描述 识别 解析 播放 访问 下载 获取 完成 回答 上传 查看 生成""")
_GOT = any_of("收到 检测到 接收到 找到 获取到? 识别到 附带 附上 看到 读取到? 加载 上传")
_TOLD = any_of("描述 评论 回答 说明 讨论 提供 透露 置评 展开")
_WANTED = any_of("描述 说明 总结 概述 回答 答案 摘要 内容 分析 请求 要求 问题 任务 指令")
_RULES = any_of("政策 隐私 版权 安全规 规定 准则 规范 法规 法律 合规 守则 原则")
_HARM = any_of("未成年 暴力 血腥 色情 敏感 隐私 身份")
_WRONG = any_of("违反 涉及 敏感 违规 不当 损坏 失败 为空 不符合 不存在 超出 未(?:包含|附|提供|上传)")
_REFUSAL = re.compile(
    "|".join(
        (
            rf"(?:\A|[，。！？；\n])\s*(?:但|但是|不过|我|非常|十分|很|实在|真的?|深感|万分|在此|只能说|先说声){{0,2}}{_SORRY}"
            rf"[^\n]{{0,80}}?(?:{_NOT}|不|没|未)",
            rf"{_NOT}[^。！？\n]{{0,60}}?{_SORRY}",
            rf"{_MODEL}[^。！？\n]{{0,60}}?(?:{_NOT}|并不|不具|不是)",
            rf"(?<![自忘])我(?!们可?以?看)[^。！？\n“”]{{0,24}}?(?:{_NOT}|不[可宜对描去再该]|未[收看获能被])",
            rf"[您你][^。！？\n]{{0,40}}?(?:{_WRONG}|{_NOT})",
            rf"{_RULES}[^。！？\n]{{0,40}}?{_NOT}",
            rf"{_INPUT}[^。！？\n]{{0,12}}?(?:无法|未能|不能|没能|没有)被?(?:成功|正常|正确|顺利|完整)?{_DONE}",
            rf"(?:没有?|并?未|尚未|未能)能?(?:成功)?{_GOT}[^。！？\n，]{{0,8}}{_INPUT}",
            rf"(?:无法|不能|未能|没办法|难以)[^。！？\n，]{{0,14}}{_WANTED}",
            r"(?:请|麻烦|烦请|劳烦)[您你]?(?:重新|再次?|先)?(?:上传|提供|发送|更换|提交|重传|换)[^。！？\n]{0,20}"
            rf"(?:{_INPUT}|截图|再|一次|\Z|[。！])",
            rf"(?:不作|不予|不便|不宜|暂不|拒绝|选择不[作做予去再]?)(?:任何|进一步|详细)?{_TOLD}",
            r"(?:超出|不在)了?[^。！？\n]{0,12}(?:能力|服务|权限|处理)[^。！？\n]{0,4}(?:范围|之内|之外|所及)?",
            rf"(?:由于|因为?|出于|鉴于|受)[^。！？\n]{{0,30}}{_HARM}[^。！？\n]{{0,20}}?{_NOT}",
        )
    )
)
_STEM = re.compile(
    any_of(
        """歉 对不起 遗憾 不好意思 谅 恕 作为 身为 我 您 你 无法 不能 未能 没能 没办法 难以 规 政策 隐私 版权 法
        守则 原则 上传 更换 重传 超出 不在 收到 检测到 识别到 不作 不予 不便 不宜 暂不 拒绝 选择不 未成年"""
    )
)


def _refusals(text: str) -> Iterator[Change]:
    folded = plain(text)
    if _STEM.search(folded) and _REFUSAL.search(folded):
        yield Change(0, len(text), "")


REFUSALS = Rule(
    "refusal",
    "the model refuses or apologises; the row fails",
    ("抱歉，我无法观看视频。", ""),
    _refusals,
    quoted=True,
    fails=True,
    language="Chinese",
)
