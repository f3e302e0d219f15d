"""How Chinese captions talk about their video: the words of lead-ins, and where a video is a thing in the scene."""

from __future__ import annotations

import re
from functools import lru_cache

from recaption.postfilter.chinese.phrases import Lexicon, any_of
from recaption.postfilter.chinese.script import plain
from recaption.postfilter.vocabulary import listed

FILM = r"(?:短视频|视频|影片|短片|片子|录像|录影|影像|纪录片|宣传片|动图)"
"""What is always the video, unless it is a thing in the scene."""

LEXICON = Lexicon(
    {
        # Things that only sound like the video, and parts of a picture.
        "none": """视频通话 视频会议 视频电话 视频聊天 视频博主 视频编辑 视频播放 视频网站 视频窗口 视频监控 视频号
            录像带 录像机 影像厅 影像学 影片海报 中央 中心 中年 中国 中式 中学 中医 中餐 中景 中华 中文 中指 中等
            里程 里屋 里间 里侧 里层 里弄 内侧 内部 内衣 内陆 内容 上方 上部 上半 上空 上衣 上海 上下 上面 镜头盖
            镜头感 镜头前 镜头后 镜头外 画面外 时钟 时装 时髦 时速 处理 后方 后面 后排 后背 后院 后厨 后脑 前方
            前面 前排 前景 前台 前院 最后一 最后两 最后三 首先是 到处 在于 从容 当地""",
        "film": """视频 短视频 影片 短片 片子 录像 录影 影像 纪录片 宣传片 动图 视频片段 视频内容 视频素材 视频短片
            视频录像 影片内容 影片片段 影像资料 影像片段 全片 片中 片头 片尾 片末 本片 该片 此片 这片 成片 片段中
            视频主体 影音 微电影 视频段落 视频部分 监控视频 监控录像 航拍视频 延时视频 慢动作视频 视频镜头 整片
            视频画面 影片画面 影片镜头 录像画面 影像画面 预告片 广告片 动画短片 视频中所 视频片 短视频片段 视讯""",
        "weak": """图像序列 图片序列 帧序列 截图 情节 故事 剧情 叙事 图片 图像 图中 画面 镜头 片段 场景 素材 动画
            影段 广告 画面内容 镜头画面 动画片""",
        "det": """这 该 本 此 整 整个 整段 全 这段 这个 这部 这则 这条 这支 这一 这一段 这一个 那段 一段 一个 一部
            一则 一条 一支 上述 所给 给定 提供 所提供 以上 下面 前述 短 完整 简短 段 个 部 则 条 支 这组 一组 剩余
            剩余的 剩下 剩下的 余下 余下的 其余 整部 整条 那""",
        "place": "中 里 内 当中 之中 里面 以内",
        "pos": """开头 开始 一开始 刚开始 才开始 开场 一开场 开篇 伊始 起始 初始 起初 最初 之初 前半 前半段 后半
            后半段 前段 前半部 后半部 前半程 后半程 中段 后段 末段 中间 中途 中期 中后段 末尾 结尾 尾声 最后 最末
            尾段 尾部 末端 末了 高潮 尽头 收尾 后续 前期 后期 全程 全过程 过程 过半 一半 半程 半途 结束 终了 开端
            序幕 开幕 开头处 开头部分 结尾处 末尾处 最后时刻 最后阶段 最后几秒 开始几秒 前几秒 后几秒 头几秒 头一段
            开头几秒 最初几秒 末几秒 结局 终点 落幕 完结 前半部分 后半部分 中间部分 一上来 开首 首尾 头尾""",
        "part": """部分 阶段 时 时分 时刻 处 几秒 秒 秒钟 片刻 之际 时候 时段 期间 一刻 前 后 之后 以后 之前 段落
            环节 章节 一幕 时间 节点 位置 左右 分钟 前后 这里 那里 期""",
        "move": """推进 进行 播放 发展 展开 深入 继续 推移 进展 延续 行进 前进 流逝 演进 播映 放映 向前 往后 往前
            往下 接近 临近 将近 靠近 进入 走向 走到 行至 播放到 进行到 推进到 放到 迎来 步入 转入 接近于 播至 放完
            播完 播放完 放映完 看完 演完 到了 到达 来临 告一段落 戛然而止 到此 至此 就此 到 至 直到 直至 持续 延伸
            更迭 变化着""",
        "prep": """在 随着 伴随着 伴随 当 从 根据 就 通过 对于 关于 由 自 据 依据 按照 按 纵观 综观 结合 透过 经过
            而言 来看 来说 看来 来讲 所示 所见 如 贯穿 整体来看 总体来看 整体上 总的来说 总体而言 跟着 跟随 顺着""",
        "time": """首先 随后 然后 接着 接下来 紧接着 之后 此后 最终 继而 转而 此时 这时 这会儿 与此同时 同时 另外
            此外 而 但 并 并且 且 再 又 还 也 而后 稍后 后来 很快 忽然 突然 下一刻 不久 其后 现在""",
        "adv": """先 先是 依次 主要 清晰 清楚 清晰地 清楚地 生动 生动地 详细 详细地 完整 完整地 真实 真实地 细致
            细致地 则 便 就 都 均 逐渐 渐渐 慢慢 缓缓 不断 一步步 进一步 逐步 正 正在 其中 分别 简单 简要 集中 重点
            特别 着重 具体 直接 重新 再次 始终 一直 大致 基本 明显 明显地 明确 简短 如实 客观 仔细 仔细地 全面 更
            才 所 一路 一一 只 仅 仅仅 第一 向前 继续 快 快要 即将 将要""",
        "viewer": "我们 你 您 你们 观者 观看者 看客 我",
        "crowd": "观众 观众们 大家 人们 读者 受众",
        "modal": "可以 能 能够 会 将 得以 可 不难 让 令 使 给 为 向 把 被 需要 应该",
        "see": """看到 看见 看出 见到 注意到 发现 观察到 目睹 欣赏到 瞧见 领略到 得知 了解到 看清 望见 目击 观看到
            映入眼帘 映入我们眼帘 见证 看 瞧""",
        "eye": "眼前 面前 眼中 视线 目光 视野 焦点 注意力",
        "show": """展示 展现 显示 呈现 呈现在 展现在 出现在 浮现在 映在 记录 纪录 拍摄 拍 拍到 摄录 描绘 描述 描写
            捕捉 讲述 叙述 介绍 刻画 聚焦 播放 演示 反映 表现 包含 包括 涵盖 给出 揭示 带来 播出 放映 出现 突出
            再现 还原 交代 引入 讲 带 带到 带往 带回 带入 领到 引到 关注 转而 停在 停留在 落在 带领 引领 引 来到
            切到 切入 转到 转向 移至 移到 走进 领略 认识 去 回到 聚焦到 对准 定格 见证 讲解 主打 囊括 呈现给 展示给
            展现给 献给 交给 收录 给到 有 出 登场 亮相 进入""",
        "suffix": "了 着 到 出 于 至 进",
        "link": "的 地 之 与 和 及 以及",
        "be": "是 为 则是 便是 就是 正是 分别是",
    }
)
"""The words that lead-ins are made of."""

KEPT_OPENINGS = listed(
    """随后 然后 接着 接下来 紧接着 之后 此后 最终 最后 此时 这时 与此同时 同时 另外 此外 而 但 而后 稍后 后来 很快
    忽然 突然 下一刻 不久 其后 起初"""
)
"""Words of time and order that stay where a lead-in behind them goes."""

_SCREEN = any_of("屏幕 荧幕 银幕 萤幕 电视 监视器 显示器 显示屏 投影 幕布 监控 手机 平板 电脑 笔记本 相机 大屏 广告屏")
_SHOWN = "(?:视频|影片|短片|录像|影像|画面|动画)"
_USES = any_of(
    """播放 播着 放着 放映 看着? 观看 录制 录着? 剪辑? 编辑 拍(?!摄的) 拍摄(?!的) 欣赏 上传 下载 分享 浏览 刷着?
    回放 回看 制作 投 导出 翻看 审看 指着 盯着 凑近 望着 打量"""
)
_THING = re.compile(
    rf"{_USES}[了着起完好过一段部个这那条自己拍的老旧教学无声黑白慢动作]{{0,5}}(?:{_SHOWN}|电影)"
    rf"|{_SCREEN}[^，。；！？]{{0,6}}{_SHOWN}"
)
_PICTURE = re.compile(
    any_of(
        """画家 画师 画布 画框 画板 胶片 底片 画稿 分镜 动画师 剪辑师 放映员 导演 摄影师 摄像师 摄影机 摄像机 漫画
        油画 壁画 山水画 连环画 相册 相机 照片 图纸 海报 卡片"""
    )
)
_ANNOUNCING = re.compile(rf"[这本该此][里个段则部条支]?(?:是|{FILM})[^，。；！？]{{0,24}}\Z")


@lru_cache(maxsize=2)  # several rules in a row ask about one text
def first_shown(text: str) -> int:
    """Where a video becomes a thing in the scene ("plays a video"); the text's length if none does.

    From there on "the video" may mean that thing. "This is a video of" makes no such thing.
    """
    folded = plain(text)
    for match in _THING.finditer(folded):
        if not _ANNOUNCING.search(folded, max(0, match.start() - 40), match.start()):
            return match.start()
    return len(text)


@lru_cache(maxsize=2)
def first_picture(text: str) -> int:
    """The same for whatever may have frames, a picture or a lens."""
    picture = _PICTURE.search(plain(text))
    return min(first_shown(text), picture.start() if picture else len(text))
