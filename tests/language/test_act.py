"""Acts: what a customer does with a message. None of these sentences is a training example."""

from types import SimpleNamespace

import pytest

from bot.core.types import ACTS
from bot.language.act import SURE, SURE_OF_NOTHING, SURE_TO_ACT
from bot.language.training import EXAMPLES, examples_in

from .conftest import ROOT

# Known to be read wrongly since the encoder reads along; what mends one of them must take the mark away.
MISREAD = pytest.mark.xfail(strict=True, reason="the encoder is surely wrong here")
CASES = [
    pytest.param("这家店真是让我大开眼界,点单等半天", "text", "complain", marks=MISREAD),
    ("师傅弄完厨房一团糟", None, "complain"),
    ("冰箱送来门上有个坑", "text", "complain"),
    ("恕我直言,你们的售后有待加强", None, "complain"),
    ("味道棒棒哒,老板人也好", "text", "praise"),
    ("店员帮我挑了好久,真贴心", None, "praise"),
    ("可以改成每周六也上门就好了", "text", "suggest"),
    ("如果前台能多一个人就更好了", None, "suggest"),
    ("我不想和机器聊,给我换人工", None, "ask_human"),
    ("麻烦叫一下你们值班经理", None, "ask_human"),
    ("请把我拉出发送名单,别再发了", None, "stop"),
    ("这问卷我不想继续填了", "csat", "stop"),
    ("刚手抖了,应该是5分", "text", "correct"),
    ("我把分数改成2分可以吗", None, "correct"),
    ("您是AI还是真人呀", None, "ask_back"),
    ("这个问卷匿名吗", "csat", "ask_back"),
    ("做这个调查要花我多少时间", "csat", "ask_back"),
    ("我买的烤箱什么时候能送到", None, "order_status"),
    ("HS100233这个订单现在走到哪了", None, "order_status"),
    ("我想把这台风扇退了", None, "request_remedy"),
    ("咖啡洒了,给我重做一杯", None, "request_remedy"),
    ("那就帮我换一件新的", None, "request_remedy"),
    ("好呀好呀", "yesno", "affirm"),
    ("愿意的,没问题", "yesno", "affirm"),
    ("不太想", "yesno", "deny"),
    ("还没有呢", "yesno", "deny"),
    ("没有什么要说的", "text", "skip"),
    ("这道题跳过", "csat", "skip"),
    ("嗨,早", "text", "greet"),
    ("太感谢你们啦", "text", "thank"),
    ("没事了,再见啦", None, "goodbye"),
    ("给8分吧,客服很有耐心", "nps", "rate"),
    ("5", "csat", "rate"),
    ("等了20分钟,给2", "csat", "rate"),
    ("今天股市怎么样", None, "other"),
    ("客服講話很沒耐心", None, "complain"),
    ("冷氣裝好一個月就漏水,傻眼", "text", "complain"),
    ("店面好漂亮,咖啡也香", "text", "praise"),
    ("希望可以加開晚上的配送", "text", "suggest"),
    ("可以請主管打給我嗎", None, "ask_human"),
    ("不要再寄問卷給我了", None, "stop"),
    ("剛剛選錯了,是3分", "text", "correct"),
    ("請問這份問卷會保密嗎", None, "ask_back"),
    ("删除我的资料", "csat", "ask_back"),
    ("刪除我的資料", "csat", "ask_back"),
    ("麻烦把我的个人信息删掉", None, "ask_back"),
    ("delete my data", "csat", "ask_back"),
    ("please erase all my details", None, "ask_back"),
    ("I object to you using my data", None, "ask_back"),
    ("you forgot my order", None, "complain"),
    ("我的包裹什麼時候會送到", None, "order_status"),
    ("這雙鞋我想退費", None, "request_remedy"),
    ("可以啊", "yesno", "affirm"),
    ("不必了,謝謝", "yesno", "deny"),
    ("謝謝你喔", None, "thank"),
    ("掰掰囉", None, "goodbye"),
    ("哈囉,有人在嗎", None, "greet"),
    ("唔該幫我搵真人", None, "ask_human"),
    ("給7分,出貨很快", "nps", "rate"),
    ("東西有瑕疵,希望能換一個新的", None, "request_remedy"),
    ("The cashier was incredibly rude to my mother", None, "complain"),
    ("My oven door came with a crack", "text", "complain"),
    ("I'm sorry to say this but the tea was lukewarm and nobody cared", "text", "complain"),
    ("Lovely team, they fixed it in ten minutes", "text", "praise"),
    ("Hats off to the delivery guy", "text", "praise"),
    ("It would help if you had more seating", "text", "suggest"),
    ("Could you add oat milk to the menu", "text", "suggest"),
    ("can you pass me to an actual person", None, "ask_human"),
    ("Let me speak with the store manager", None, "ask_human"),
    ("please quit sending me these", None, "stop"),
    ("I don't want to answer any more questions", "csat", "stop"),
    ("sorry, I meant 4", "text", "correct"),
    ("please change my score to 5", None, "correct"),
    ("is my feedback anonymous?", "csat", "ask_back"),
    ("Are you human?", None, "ask_back"),
    ("how long does this survey take", "csat", "ask_back"),
    ("When will my fridge arrive?", None, "order_status"),
    ("where's my parcel HS100240", None, "order_status"),
    ("I'd like my money back please", None, "request_remedy"),
    ("Could you send a replacement lid", None, "request_remedy"),
    ("yeah that's fine", "yesno", "affirm"),
    ("Yes, it was resolved", "yesno", "affirm"),
    ("no, still broken", "yesno", "deny"),
    ("not at all", "yesno", "deny"),
    ("I'd rather skip this", "text", "skip"),
    ("Nothing really", "text", "skip"),
    ("thanks for your quick help", None, "thank"),
    ("see you around", None, "goodbye"),
    ("hey, good morning", None, "greet"),
    ("9, love it", "nps", "rate"),
    ("It was a 3", "csat", "rate"),
    ("who painted the mona lisa", None, "other"),
    ("👍", "yesno", "affirm"),
    ("😡", None, "complain"),
    ("", None, "other"),
    ("55", "csat", "rate"),
    ("5a", "csat", "rate"),
    ("订单3", "csat", "other"),
    ("<script>alert(1)</script>", None, "other"),
    ("'; DROP TABLE users; --", None, "other"),
    ("it stopped working yesterday", None, "complain"),
    ("the machine stopped, please send a technician", None, "request_remedy"),
    ("退款太慢了,都两周了", None, "complain"),
    ("不好吃", "text", "complain"),
    ("not bad", "text", "praise"),
    ("还可以吧", "text", "praise"),
    ("一般般", "text", "other"),
]


@pytest.mark.parametrize(("text", "expecting", "act"), CASES)
def test_act(reader, text, expecting, act):
    assert reader.understand(text, expecting).act == act


def test_no_case_is_a_training_example():
    trained = {text for name in EXAMPLES for _, text in examples_in(ROOT / name)}
    told = {text for text, _, _ in CASES if len(text) > 4}
    assert not trained & told


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_act_has_examples_in_each_language(name):
    count = dict.fromkeys(ACTS, 0)
    for act, _ in examples_in(ROOT / name):
        count[act] += 1
    assert min(count.values()) >= 25


def test_a_correction_within_a_message_is_that_messages_rating(reader):
    found = reader.understand("3, no wait, I meant 4", "csat")
    assert (found.act, found.score) == ("rate", 4)


def test_a_later_correction_is_scored_on_the_last_scale(reader):
    found = reader.understand("打錯了,改成2分", "text", scale="csat")
    assert (found.act, found.score) == ("correct", 2)


@pytest.fixture
def guessing(reader, monkeypatch):
    """The reader with n-grams that guess as they are told."""

    def guess(act: str, probability: float):
        rest = (1 - probability) / (len(ACTS) - 1)
        told = {one: probability if one == act else rest for one in ACTS}
        grams = SimpleNamespace(read=lambda form: {}, acts=lambda margins: told)
        monkeypatch.setattr(reader.nlp.get_pipe("impression"), "grams", grams)
        monkeypatch.setattr(reader.nlp.get_pipe("impression"), "impressions", None)
        return reader

    return guess


def test_a_guess_that_is_not_believed_says_how_sure_it_was(guessing):
    found = guessing("affirm", SURE - 0.1).understand("得嘞")
    assert (found.act, found.certainty) == ("other", pytest.approx(SURE - 0.1, abs=0.03))
    assert "certainty" not in found.as_json() and found.in_full()["certainty"] == found.certainty


@pytest.mark.parametrize(("more", "doubtful"), [(-0.02, True), (0.1, False)])
def test_that_it_is_nothing_is_for_review_unless_it_is_sure(guessing, more, doubtful):
    found = guessing("other", SURE_OF_NOTHING + more).understand("得嘞")
    assert found.act == "other" and (found.certainty is not None) is doubtful


@pytest.mark.parametrize("text", ["得嘞", "等了四十分钟", "服务太差了", "👍", "", "pas mal du tout, merci"])
def test_what_is_believed_felt_or_in_another_language_is_in_no_doubt(guessing, text):
    assert (
        guessing("affirm", SURE_TO_ACT["affirm"] + 0.05 if text == "得嘞" else 0.1).understand(text).certainty is None
    )
