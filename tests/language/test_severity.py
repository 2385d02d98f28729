"""Severity: what is critical, what only sounds so, and the steps between."""

import pytest

from bot.language.plain import plain
from bot.language.severity import critical_ground

CRITICAL = [
    "热水壶漏电,我手被电麻了",
    "孩子被桌角的毛刺划破了手",
    "吃完你们的海鲜全家上吐下泻",
    "充电宝充着充着冒烟了",
    "我已经联系律师了",
    "再不退款我就打12315",
    "准备找记者曝光你们",
    "店员说我们外地人不懂,这是歧视",
    "维修师傅对我动手动脚",
    "你们把我的手机号给了陌生人",
    "汤里吃到玻璃碴",
    "电视柜倒下来差点砸到宝宝",
    "吃了之后全身起疹子送急诊",
    "我要去法院起诉",
    "信用卡被盗刷了",
    "吹風機突然起火",
    "我要找消保官申訴",
    "喝完飲料拉肚子拉了兩天",
    "店員偷拍我女兒",
    "個資外洩,一直接到詐騙電話",
    "被熱湯燙傷了,手都起水泡",
    "我會爆料到媒體",
    "已經報警處理",
    "消委會我一定會去投訴",
    "師傅威脅我不准給差評",
    "因為我是外籍移工就不讓我進去",
    "瓦斯漏氣,差點出人命",
    "The kettle gave me an electric shock",
    "my son cut his finger on the sharp edge",
    "we both got food poisoning from the chicken",
    "the charger caught fire last night",
    "I'm contacting my lawyer tomorrow",
    "I will report you to consumer protection",
    "going to the press with this",
    "your guard made a racist comment",
    "the technician kept touching me and it felt like harassment",
    "you leaked my address to strangers",
    "I was taken to the hospital after eating there",
    "found glass in my salad",
    "the battery exploded",
    "he threatened me",
    "they refused to serve me because I'm in a wheelchair because of my disability",
    "smoke was coming out of the dryer",
]

HARMLESS = [
    "吓死我了,还好赶上了",
    "笑死,店员太逗了",
    "好吃到炸裂",
    "这味道绝了,我都中毒了停不下来喝上瘾",
    "气死我了,等半天",
    "餐厅就在法院旁边,很好找",
    "送到人民医院住院部附近那家店",
    "电饭煲有漏电保护吗",
    "会不会漏电啊",
    "我是律师,平时很忙,你们送货很准时",
    "摔到地上都没坏,质量真好",
    "相机曝光很准",
    "没有人受伤,只是门关不上",
    "问卷会泄露我的信息吗",
    "炸鸡很香",
    "媒体推荐的店果然不错",
    "防烫手柄很贴心",
    "累死了终于装好",
    "客服没有歧视任何人,很公平",
    "這價格便宜到嚇死人",
    "笑死人的包裝,好可愛",
    "急診室隔壁那間分店服務很好",
    "香死了的麵包",
    "火爆的生意,人太多",
    "I'd die for this coffee",
    "killer deal on the washer",
    "the team is on fire today",
    "the food court was crowded",
    "staff were courteous",
    "Sue at the desk was great",
    "it wouldn't hurt to add more chairs",
    "I was shocked by how good it was",
    "we sat in the courtyard",
    "press the button twice and it works",
    "the price gave me a heart attack",
    "nobody was hurt, just a bit noisy",
    "flavours exploded in my mouth",
    "the smoked salmon was great",
    "the shop next to the hospital is the best",
    "I died laughing at the menu",
    "I saw your ad on social media",
    "do you sell my data?",
    "that was a sick deal",
    "my hair looks bomb",
]


@pytest.mark.parametrize("text", CRITICAL)
def test_critical(text):
    assert critical_ground(plain(text))


@pytest.mark.parametrize("text", HARMLESS)
def test_only_sounds_critical(text):
    assert critical_ground(plain(text)) is None


@pytest.mark.parametrize("text", CRITICAL)
def test_a_critical_message_is_a_complaint(reader, text):
    found = reader.understand(text, "text")
    assert (found.severity, found.act) == ("critical", "complain")


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("挺好的", "none"),
        ("有点慢", "low"),
        ("杯子送来就是碎的", "medium"),
        ("投诉了三次都没人处理,太气人了,又坏了", "high"),
        ("多扣了我两百块还不给退,黑心", "high"),
        ("The chair arrived broken", "medium"),
        ("Third time it broke and they still refuse to refund, I'm furious", "high"),
        ("Bit slow today", "low"),
        ("Second time here and I love it", "none"),
        ("店員態度差", "medium"),
    ],
)
def test_steps(reader, text, severity):
    assert reader.understand(text, "text").severity == severity
