# ruff: noqa: E501 — ruff counts a Chinese character as two
"""Fixed forms by act: what people say in a few words right after a question, and longer sentences that look alike.

Read by the rules alone, so that nothing rests on what a trained model happens to have seen.
"""

import pytest

from bot.language.act import Reading, act_of
from bot.language.bare_wishes import bare_wish
from bot.language.plain import plain
from bot.language.remedy import remedy_of
from bot.language.severity import critical_ground
from bot.language.short_forms import short_form

from .measure import open_reader


def each(table: "dict[tuple[str, str], tuple[str, ...]]") -> "list[tuple[str, str, str]]":
    return [(act, asked, text) for (act, asked), lines in table.items() for line in lines for text in line.split(" | ")]


SAID = {
    ("affirm", "yesno"): (
        "go on then | be my guest | that's kind, yes please | might as well | I wouldn't mind | count me in | if it's no bother | that'd do nicely | how kind, thank you, yes",
        "方便 | 行吧，收下了 | 报吧 | 好吧，我收下 | 你看着办吧 | 求之不得 | 那敢情好 | 成吧 | 约吧 | 妥了",
        "隨便你啦，好 | 得啦 | 那就麻煩你們了 | 冇所謂，好 | 梗係好 | 搞掂咗 | 也好 | 正合我意 | 收下囉",
        "oh go on then | not at all, go ahead and book | no objection | 不介意 | 恭敬不如从命 | 幫我約 | 唔介意 | 啱呀",
        "好的，麻烦明天下午三点以后打这个电话，前面我都在开会",
    ),
    ("deny", "yesno"): (
        "I'll live | not worth the hassle | don't trouble yourself | hard pass | as if | keep your voucher | I'm afraid not | no, still broken | I can manage",
        "不麻烦了 | 别费心了 | 犯不着 | 大可不必 | 想得美 | 我自己来 | 没弄好 | 不用了，太麻烦 | 拉倒吧 | 懒得折腾",
        "唔使勞煩 | 仲未 | 免喇 | 先不用好了 | 沒差啦不用 | 唔方便 | 算數啦 | 不必費心",
        "I'd rather you didn't | let me sleep on it | 让我想想 | 这个不行 | 老样子 | 太少 | 諗下先 | 問題還在",
        "no thanks, I don't have time this week because I am travelling for work",
    ),
    ("skip", "text"): (
        "pass on that one | next | that's personal | nothing comes to mind | leave it blank | hard to say | not answering that | who knows",
        "这题先不答 | 不太想讲 | 说不上来 | 换个问题 | 留空 | 不便透露 | 没什么原因 | 忘了 | 不记得了",
        "這題跳過好了 | 不知道該說什麼 | 冇咩講 | 諗唔到 | 唔記得咗 | 先空著 | 飛咗佢 | 懶得打",
    ),
    ("stop", "csat"): (
        "enough already | I've had it with these questions | give it a rest | go away | lose my number | I'm out | leave me be",
        "别再发了 | 有完没完 | 就到这里吧 | 我退出 | 再发就拉黑了 | 闭嘴 | 不继续了 | 烦不烦",
        "不要再傳了 | 夠了喔 | 再傳就封鎖 | 唔答喇 | 咪再問啦 | 收聲 | 你很煩欸 | 停手啦",
    ),
    ("thank", "text"): (
        "much obliged | you're a star | ta love | that's very kind | bless you",
        "感激不尽 | 给你添麻烦了 | 费心啦 | 你们辛苦了",
        "有心 | 麻煩晒 | 謝謝捏 | 謝謝你這麼快回",
    ),
    ("greet", "text"): (
        "wassup | evening all | g'day | anyone about | how are you",
        "在不 | 有人没 | 侬好 | 吃了吗 | 我回来了",
        "有冇人喺度 | 食咗飯未 | 嘿嘿 | 下晝好 | 又係我",
    ),
    ("goodbye", "text"): (
        "toodles | gotta run | that'll be all | must dash | speak soon",
        "溜了溜了 | 后会有期 | 我先睡了 | 没其他事了 | 明天见",
        "閃人 | 早唞 | 聽日見 | 收工喇 | 沒其他問題了",
    ),
    ("correct", "text"): (
        "slip of the thumb | I changed my mind | got the scale backwards | can I take that back | undo | thought 1 was best | on second thought, 3",
        "手残 | 改主意了 | 说反了 | 收回刚才的话 | 口误 | 重选 | 想了想还是给4吧",
        "手殘按錯 | 撳錯咗 | 不小心點到 | 唔係2，係4 | 轉返做4分 | 重來 | 上一題我答錯",
    ),
    ("ask_back", "csat"): (
        "is this a scam | out of how many | what's the scale | come again? | what's in it for me | will my name be shown",
        "你哪位 | 满分是几分 | 啥意思 | 骗子吧？ | 师傅能看到吗 | 有奖吗",
        "蛤？ | 睇唔明 | 係咪真人 | 仲有幾多條 | 可以不填嗎 | 點解有我電話",
    ),
    ("order_status", "text"): (
        "what time will they come | any news on my sofa | is it ready to pick up | did it ship | has my refund gone through | how long till it gets here",
        "多久能到？ | 发货没 | 我的沙发呢 | 修得怎么样了 | 查HS100233 | 啥时候修好 | 钱啥时候退",
        "到咗未 | 幾時嚟 | 在路上了嗎 | 給我單號 | 整好未 | 退咗錢未 | 明天送得到嗎",
    ),
    ("ask_human", "text"): (
        "get your boss | who's in charge | live chat | no more bots | escalate this | is there anyone I can talk to",
        "你们领导呢 | 来个喘气的 | 谁负责 | 给我升级处理 | 别用机器人打发我 | 你们电话多少",
        "店長呢 | 搵經理 | 職員呢 | 有電話可以打嗎 | 邊個負責 | 唔好機械人",
    ),
    ("request_remedy", "text"): (
        "just give me my money | one that works | put it right | a technician | give me a bell",
        "退 | 换一块 | 换个没坏的 | 师傅来一趟 | 电话联系 | 修好就行",
        "給些補償 | 換過個新嘅 | 畀張券 | 整返好 | 過來看看 | 打畀我",
    ),
    ("suggest", "text"): (
        "could do with more seats | next time call before you come",
        "最好提前一天通知 | 多开几家店吧 | 能不能周日也营业",
        "不如加開夜晚送貨 | 下次先打個電話會更好",
    ),
    ("complain", "text"): ("what kind of rubbish is this | 你们送的什么破玩意儿 | 這什麼爛東西 | 你们这是什么态度",),
}

# Not this act, whatever else they are.
LOOK_ALIKE = {
    ("affirm", "yesno"): (
        "great, another broken one | right leg is broken | do it yourself | it was broken | go on strike | fine print is ridiculous | perfect, broken again",
        "方便面坏了 | 收下来发现是坏的 | 约好的时间没来 | 好什么好 | 都好几天了 | 中间断了 | 有个螺丝没装 | 都行不通 | 好像没有",
        "對方態度很差 | 好貴喔 | 係好差 | 有夠爛 | 得個樣 | 都好差",
        "yes, it is still leaking everywhere and my floor is ruined and nobody called me back",
    ),
    ("deny", "yesno"): (
        "no problem | not bad at all | no doubt about it | no complaints, yes | No, my mum fell off it and she's in hospital now",
        "不错 | 没毛病 | 没关系，可以 | 不但慢还贵 | 不过师傅迟到了 | 不用说，当然要 | 算了一下差了五十块",
        "冇問題 | 唔緊要 | 唔使問，梗係好",
        "不是，我妈坐上去摔了，现在在医院 | 没有，师傅还把我家地板砸坏了 | 唔係，我阿媽坐上去跌咗，而家喺醫院",
    ),
    ("skip", "text"): (
        "next day delivery was great | no reason to complain, it works well | they forgot the screws | blank screen | nothing works | pass rate is low",
        "忘了给我装脚垫 | 过了三天才来 | 保密工作做得好 | 想不到这么快就坏了 | 师傅没说什么就走了 | 不太想动的师傅",
        "想不到會這麼快壞 | 懶得理人的店員 | 唔知點解會漏水 | 忘記附螺絲",
    ),
    ("stop", "text"): (
        "the machine won't stop beeping | leave me a voucher | it stopped | please stop the machine from leaking | don't send me the wrong one again | enough room for two",
        "I'm done with this washing machine | staff were not interested | don't bother buying this | they never message me | 问题太多了 | 好烦 | 别问我怎么知道的",
        "够了，三个人就够了 | 停电了三天 | 滚筒洗衣机很吵 | 退订单 | 别再给我发错的 | 有完没完地漏水 | 退出登录不了",
        "不要再給我寄錯的 | 停車位很少 | 夠大夠新 | 滾輪壞了",
    ),
    ("thank", "text"): (
        "ta took ages | nice one, broken again | thanks to the driver my wall has a hole",
        "谢谢你们毁了我的周末 | 辛苦等了三天 | 麻煩死了",
    ),
    ("greet", "text"): (
        "evening slot please | hi the table is broken | 你好像弄错了 | 早就坏了 | 喂了三次都没人接 | 吃了亏",
    ),
    ("goodbye", "text"): (
        "that's all broken | night delivery was late | I'm off work waiting | all the best parts are missing",
        "走了三个小时才到 | 闪了一下就坏了 | 睡了三天沙发就塌了 | 忙了一天才裝好 | 走先至發現壞咗",
    ),
    ("correct", "text"): (
        "they sent the wrong one | the driver changed his mind | undo the damage | my finger got caught",
        "typo on the invoice | change it to Tuesday please | it should be 5 screws, not 3 | 型号选错了 | 收银打错了 | 我后悔了",
        "门装反了 | 不对称 | 师傅手滑摔了 | 改主意的是你们 | 手残的师傅把桌子刮花了 | 店员打错单了",
        "師傅手滑摔到桌子 | 裝錯邊 | 送錯咗",
    ),
    ("ask_back", "text"): (
        "你们送的什么破玩意儿 | 这是什么破服务 | 满分服务 | 哪次都迟到 | 没看懂说明书 | 几分钟就装好了 | 還有幾個螺絲沒裝",
        "what is this junk you sent me | who is this driver, he was amazing | huge mess",
    ),
    ("order_status", "text"): (
        "when it arrived it was broken | I track my spending | the driver didn't know where it is | arrived today, great",
        "等了多久都没到 | 修好了 | 到了就坏了 | 多久能到都不说 | 出貨了超快 | 到咗未開已經爛",
    ),
    ("ask_human", "text"): (
        "your manager was rude | the helpline was busy | customer service is terrible | a real person answered, great",
        "客服电话打不通 | 叫人来修结果没来 | 师傅很负责 | 换个人装会更好 | 店長很兇 | 職員好有禮貌",
    ),
    ("request_remedy", "text"): (
        "refund was quick | the replacement was broken too | My discount code didn't work | call quality is bad | a gift from my mum",
        "退色了 | 换季了 | 换了三次还是坏 | 退款很快 | 退货太麻烦 | 师傅上门很快 | 便宜好用 | 打折的时候买的",
        "換了三次還是壞 | 折扣碼不能用 | 派人來看過了 | 補貨很快",
    ),
    ("suggest", "text"): (
        "you should be ashamed | 希望你们倒闭 | 不如别家 | I suggest nobody buys this | 可以多次加热",
    ),
}

WISHES = {
    "refund": "退 | 退吧 | 全退 | 原路退回 | 退返錢畀我 | 刷退 | return it | all my money back",
    "partial_refund": "退一部分钱 | 退点 | 退返少少 | 便宜點 | 退20% | 退运费 | half back | knock a bit off | refund the delivery fee",
    "replacement": "换一块 | 换个好的 | 換過部新嘅 | 把缺的发来 | 重寄 | 補一包螺絲 | a working one | the missing bits please",
    "voucher": "給些補償 | 来张券 | 送點購物金 | 現金券 | 賠返啲 | store credit",
    "redo": "重装一下 | 再裝一次 | 整返好佢 | 修好就行 | fit it properly | start over",
    "visit": "师傅来一趟 | 来人看看 | 搵師傅嚟 | 過來修 | a technician | come look at it",
    "callback": "电话联系 | 打俾我 | 給我打個電話 | have someone call me | a phone call",
}


@pytest.mark.parametrize(("act", "asked", "text"), each(SAID))
def test_said_in_so_many_words(act, asked, text):
    assert act_of(Reading(plain(text), expecting=asked)).act == act


@pytest.mark.parametrize(("act", "asked", "text"), each(LOOK_ALIKE))
def test_only_looks_like_it(act, asked, text):
    assert act_of(Reading(plain(text), expecting=asked)).act != act


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, line in WISHES.items() for text in line.split(" | ")]
)
def test_a_bare_wish_has_its_kind(kind, text):
    assert remedy_of(plain(text)) == bare_wish(plain(text)) == kind


@pytest.mark.parametrize(
    "text", ["My discount code didn't work", "the voucher you sent has expired", "优惠券用不了", "折扣碼不能用"]
)
def test_a_voucher_that_failed_is_not_wished(text):
    assert remedy_of(plain(text)) is None


@pytest.mark.parametrize(
    "text", ["打13812345678", "138-12345-678", "138 1234 5678", "单号12345", "12345元", "尾号12345"]
)
def test_a_number_is_no_hotline(text):
    assert critical_ground(plain(text)) is None


@pytest.mark.parametrize(
    "text", ["我要打12345", "再不处理就12315", "我媽坐上去跌咗", "孩子从上面摔下来了", "my gran fell off the chair"]
)
def test_a_hotline_and_a_fall_are_critical(text):
    assert critical_ground(plain(text))


@pytest.mark.parametrize("text", ["孩子把手机摔了", "my son fell asleep on it", "hit me", "我在医院上班"])
def test_only_sounds_like_a_fall(text):
    assert critical_ground(plain(text)) is None


def test_a_very_long_text_is_read_at_once():
    for piece in ("好", "不用", "退", "no ", "手滑", "够了，"):
        text = (piece * 2_000)[:4_000]
        assert short_form(text, "yesno") in (None, "affirm", "deny", "stop")


@pytest.fixture(scope="module")
def shipped():
    return open_reader()


@pytest.mark.parametrize("text", ["打13812345678", "打我電話", "我的电话是138 1234 5678"])
def test_nor_is_a_phone_number_critical_by_the_shipped_tags(shipped, text):
    assert shipped.understand(text, "text").severity != "critical"
