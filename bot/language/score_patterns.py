# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""The patterns behind `score`: where a rating stands, what takes it back, and how doubt and correction are said.

What a number is when it is no rating stands in `score_masks`. Every pattern works on the form that `score_spelling`
gives and takes linear time: no nested repetition, every repetition bounded.
"""

import re

from bot.language.numerals import CHINESE, DIGITS, ENGLISH

_NUM = rf"(?:{DIGITS}|{CHINESE}|{ENGLISH})"
_CJK = r"\u3400-\u9fff\u3105-\u312f"
# Where a clause ends: a pause, or in Chinese a blank.
PAUSE = re.compile(
    rf"[,;:!?。，！？、；：…~()\[\]\n|]|\.(?!\d)|\s-\s|[-=]>|→|(?<=[{_CJK}_])\s|\s(?=[{_CJK}])|[\U0001f300-\U0001faff\u2600-\u27bf]"
)
SENTENCE_END = re.compile(r"[!?。！？\n]|\.(?!\d)")

# A number with its sign and its unit. Signs in words count on a scale with both, see `score`.
NUMBER = re.compile(
    rf"(?P<sign>(?<![a-z0-9_)+-])[+-]\s?|[负正]\s?|(?<![{_CJK}])[加减]\s?)?(?P<n>(?<![\d.]){DIGITS}|{CHINESE}|{ENGLISH})"
    r"(?P<half>\s?(?:分|颗|个)?星?半(?:颗?星|分)?|(?:\s(?:stars?|points?))?\s(?:and\s)?(?:a\s)?half\b|\s1/2)?"
    r"(?:\s?(?P<unit>分(?:儿|数)?|fen\b|[颗粒个]?小?星星?|[颗粒个](?=[⭐★🌟])|(?:stars?|points?|pts?|marks?)\b|[⭐★🌟](?![\s⭐★🌟☆]*[⭐★🌟☆])))?"
)
STAR_UNITS = ("星", "star", "⭐", "★", "🌟")
# What makes of 分 and 星 another word: minutes, fractions, cents, sweetness, hotels …
NOT_POINTS = re.compile(
    r"(?:之|钱|货|糖|甜|熟|饱|裤|期|店|公司|类|成|手|开|辣|钟|贝|米|步|级|球|差评|多钟|出一|割|支|享|工|散|辨|析|给(?=谁)|(?<=星)(?:期|座|巴|光|空|火|河|球))"
    r"|(?:颗|个)?(?:级)?的?(?:级|酒店|宾馆|饭店|餐厅|大厨|民宿|住宿)|\s(?:hotels?|resorts?|restaurants?|chefs?|spas?|reviews?|generals?|energy|ratings? (?:on|online))\b|\s?(?:to (?:make|raise|note)\b)"
)
_CENT = re.compile(r"一分(?=没|不|也|都|未|冇|唔)")

_PARTICLE = "吧啊呀哦啦了哈嘛咯呗喔噢耶囉啰咧哟喇㗎嘅啫咋捏唷欸诶哒ㄅㄛㄌㄚㄏㄟ"
_TAIL_ZH = rf"(?:好了|好啦|好喇|就好|就行|可以了?|行了|得了|差不多了|没问题|必须的|起步|才(?:对|是|啱|合理|合适)|比较(?:合适|合理)|刚好|给?(?:你们|你哋|您|你)|[{_PARTICLE}~])"
_TAIL_EN = (
    r"(?:\s(?:lah?|lor|leh|mate|tbh|imo|imho|lol|haha|please|pls|plz|thanks|thank you|cheers|overall|total|then|though|exactly|easily|easy|"
    r"only|sorry|obviously|again|i (?:guess|suppose|think|reckon|say|would say)|i'd say|for sure|all day|from me|for me|from us|straight|here|now|in the end|at the end|altogether|across the board|all round|all around|all the way|everywhere|as well|today|tonight|this time|anyway|i'm afraid|im afraid|at least|honestly|really|personally|actually|instead|rather))"
)
# The number ends its clause.
ENDS = re.compile(
    rf"(?:{_TAIL_ZH}|{_TAIL_EN}){{0,3}}\s*(?:$|[,;:!?。，！？、；：…~()\[\]\n|^]|\.(?!\d)|-(?=[^\d\s])|\s-|[^\w\s.,/%$¥€£:+~\"'-])"
    rf"|\s?(?:{_TAIL_ZH})|\s+(?=[{_CJK}])"
)
_REASON_ZH = "很太还挺非因但不没都谢感满真虽环味质态有比"
GOES_ON_ZH = re.compile(rf"\s?[{_REASON_ZH}]")
GOES_ON_NUMERAL = re.compile(r"\s?[很太还挺因但谢感]")  # "三不管", "一没有": the others make words of a numeral
_WHY_EN = "because|but|for|since|as|so|cause|cos|cuz|coz|due|though|although|and|from|please|sorry|thanks?|only cos|mainly|mostly|simply|purely"
GOES_ON_EN = re.compile(
    rf"\s+(?:{_WHY_EN}|if (?:i'?m|you ask|that'?s|thats|allowed|possible|i must|i have to|anything|you insist)|it|its|it's|this|that|the|my|your|our|i|i'm|i've|we|you|no|nah|nope|wait|actually|oops|make|seems|sounds|feels|sums|will do|works|about right|"
    r"he|she|they|very|really|not|was|is|out|to be (?:honest|fair|exact)|would|could|should|ok|okay|all (?:good|round|the|my|in)|absolutely|totally|genuinely|just|who|why|wish|love|loved|hate|hated)\b"
)
# "5 for the food but 2 for the queue"
EACH_BEFORE = re.compile(r"\b(?:and|but|then)\s$|\b(?:for|on)\s(?:[a-z]+\s){1,2}$")
EACH_AFTER = re.compile(
    r"\s(?:for|on)\s(?:the|your|my|their|his|her|[a-z]{3,}ing|service|food|staff|price|value|delivery|quality)\b"
)
WHY_EN = re.compile(rf"\s+(?:{_WHY_EN})\b")
OPINION = (
    r"(?:lovely|great|good|excellent|perfect|nice|fine|amazing|awesome|fantastic|brilliant|superb|wonderful|fab|fabulous|stunning|gorgeous|smashing|"
    r"cracking|happy|pleased|delighted|satisfied|impressed|impressive|quick|fast|speedy|prompt|easy|smooth|simple|effortless|friendly|polite|helpful|kind|"
    r"comfy|comfortable|solid|decent|reasonable|average|mediocre|meh|ok|okay|alright|bad|poor|terrible|awful|horrible|dreadful|shocking|best|worst|favourite|shoddy|rubbish|"
    r"crap|useless|pathetic|disappointing|disappointed|slow|late|rude|broken|faulty|wobbly|overpriced|expensive|pricey|cheap|clunky|confusing|painful|"
    r"hard|difficult|stressful|annoying|frustrating|fair|neutral|outstanding|exceptional|flawless|spotless|top notch|topnotch|tasty|delicious|cold|dirty|clean)"
)
_QUANTITY = re.compile(
    r"\b(?!(?:was|is|has|its|it's|this|us|as|thus|always|yes|less|plus|gas|bus|does|thanks|glass|boss|mess|loss|class|dress|press|stress|sofas?|nonetheless|"
    r"service's|kindness|business|process|access|express|across)\b)\w{2,}s\b|\b(?:people|men|women|children|of|more|extra|other|others|different|separate|are|were|seater)\b"
)
OPINED = re.compile(rf"\s+(?:(?:so|very|really|just|pretty|quite|absolutely|totally|super|too|not|such)\s)?{OPINION}\b")
SUBJECT = re.compile(
    r"\s+[a-z]{3,14}(?<!s)\s(?:was|is|wasn't|isn't|has|hasn't|took|kept|never|could|couldn't|didn't|doesn't|arrived|came|went|looks|looked|hangs|feels|works|needs)\b"
)

_ADVERB_EN = (
    r"(?:just|only|probably|definitely|defo|maybe|honestly|personally|overall|easily|certainly|still|about|like|say|at|with|it|them|you|him|her|this|that|the|a|an|"
    r"is|be|was|as|service|staff|experience|visit|solid|strong|full|big|fat|me|guys|of|would|to|another|my|your|all|perfect|straight|firm|generous|hard|down|"
    r"around|up|nothing but|rating|score|mark|grade|team|place|shop|store|delivery|driver|guy|lads?|them all|whole thing|thing|final|resounding|flat)"
)
_GIVE_EN = (
    r"(?:give|gives|gave|giving|gimme|gonna give|award\w*|rate|rated|rating|score|scored|scoring|i'd say|i'll say|i would say|i said|(?:i'm|im|i am) going|say|guess|vote|i'?d go|i'?ll go|i would go|i'll do|ill say|id say|id go|"
    r"let's (?:say|go|do)|lets (?:say|go|do)|go with|going with|went with|go for|going for|going to go|gonna go|pick|picking|choose|chose|make it|make that|makes it|call it|"
    r"deserves?|worth|earns?|earned|gets?|i meant|meant|i mean|mean|chang\w* (?:\w+ ){0,3}to|bump\w* (?:it |that )?(?:up )?to|"
    r"(?:knock|drop|lower|raise|revise|correct|update|switch|amend|edit)\w* (?:it |that |my \w+ )?(?:up |down )?to|should (?:be|have been|say|read)|supposed to be|it's|its|it is|it was|that's|"
    r"thats|put|put (?:it|me) (?:down )?(?:at|as)|(?:my |the )?answer(?:'s| is)?|my (?:score|rating|vote) is|(?:score|rating|vote|number)(?: of| is|'s)?|settle (?:on|for)|"
    r"stick(?:ing)? with|so|therefore|hence|then|still|mark|nps|csat|ces|tick)"
)
GIVEN_EN = re.compile(rf"\b{_GIVE_EN}(?:[\s:=]+{_ADVERB_EN}){{0,5}}[\s:=]+$")
# "a big fat 0": an article and what describes the number, nothing that could make it a count.
ARTICLE = re.compile(
    r"(?:^|\s)(?:a|an|un|une|ein|um|uno|solid|strong)(?:\s(?!(?:of|for|at|in|to|by|with|on|from|than|size|number|until|till|after|under|over|after|about|every|family|group|party|set|pack|table|order|row)\b)[a-z]+){0,2}\s+$"
)
_OH = r"(?:[eu]+[hmr]*|u+g+h+|h+m+|a+h+|o+h+|o+|ooh+|a+w+|m+e+h+|m+|e+r+m+|e+m+|e+w+|wow|yikes|jeez|gosh|god|omg|lol|lmao|(?:ha){2,5}|oops|whoops|phew|blimey|sigh|hey|hi|hiya|hello|yo|yes|yeah|yep|yup|sure|right|okay|ok|alright|well|so|no|nah|nope|wait)"
_OPEN_EN = (
    rf"(?:{_OH}|and|but|or|then|i think|i guess|i suppose|i reckon|i'd|maybe|perhaps|probably|just|only|definitely|absolutely|totally|certainly|surely|comfortably|truly|simply|full|the full|all|low|high|weak|easily|easy|honestly|honest|tbh|imo|personally|overall|actually|"
    r"sorry|a|an|about|good|great|nice|not bad|not good|bad|average|awful|poor|perfect|my (?:score|rating|vote)|score|rating|being (?:honest|fair)|typo|mistake|wrong (?:one|button|number)|i meant|meant|make it|to be (?:honest|fair)|"
    r"for me|from me|big|fat|solid|strong|straight|firm|hard|gotta be|has to be|must be|correction|edit|final answer|that'?s|it'?s|call it|is|was|be|here'?s|still|now|more like|rather)"
)
OPENS_EN = re.compile(rf"^\s*(?:{_OPEN_EN}[\s,.…!-]+){{0,5}}$")
_OPEN_ZH = (
    "嗯|呃|额|诶|欸|唉|哎|哎呀|喔|哦|噢|哇|啊|呀|哈|嘿|嗨|喂|蛤|厚|齁|ㄜ|ㄟ|ㄛ|那|我|就|咁|俾|畀|系|是|打|给|选|评|记|算|还是|那就|就是|只能|只有|只值|只得|也就|大概|差不多|应该|应该是|应为|"
    "要|先|我的|我觉得|觉得|感觉|我认为|个人|总体|整体|综合|整体来说|总的来说|老实说|说实话|坦白说|讲真|勉强|最多|顶多|直接|果断|绝对|必须|必须是|当然|当然是|肯定|肯定是|妥妥的?|毫无疑问|不多说|"
    "没错|对|好|行|可以|一个|个|分数|评分|打分|得分|我选|选择|改|改成|改为|换成|不|不对|不是|哦不|错了|其实|其实是|而是|现在|这次|今次|所以|因此|最后|最终|重新"
)
OPENS_ZH = re.compile(rf"^\s*(?:(?:{_OPEN_ZH})\s?){{0,5}}$")
_GIVE_ZH = (
    r"(?:给|打|评|选|投|填|写|评分|分数|得分|打分|俾|畀|记|总分|综合分|给分|推荐度|满意度|指数|程度|价位|改(?:成|为|到|选|打|给|做|作|填)?|换成|调成|调到|降到|降成|升到|加到|定|应该是|应该|应为|其实是|而是|想说|是想打|"
    r"就|还是|那就|只能|只有|只值|只得|值|也就|大概|算|我选|选择|那|最多|顶多|撑死|勉强|不对|错了|搞错|哦不|啊不)"
)
_FILL_ZH = r"(?:(?:了|过|个|你们|您|你|他们|她们|它|他|她|佢哋|佢|店家|服务|师傅|老板|客服|小哥|小姐姐|整体|总体|这次|一个|出|回|返|番|是|为|打|给|成|到|大概|差不多|勉强|足|大大的|大|:|\s){0,5})"
GIVEN_ZH = re.compile(rf"{_GIVE_ZH}{_FILL_ZH}\s?$")
SAID_ZH = re.compile(r"[是系]\s?$")
NOT_THAT = re.compile(r"\s?分?[,\s]{0,2}(?:不是|唔系|而不是|并非)")
# "服务很好5": an opinion that ends right before the last number of a text.
OPINED_BEFORE = re.compile(
    rf"(?:\b{OPINION}|\b(?:service|staff|job|thanks|complaints|problems|issues|faults?|overall|experience|work|quality|ever|tbh|loved it|food|value))\s$"
    r"|(?:[错好差意般快慢烂棒赞]|[很挺太真蛮超]\S{1,4}的)\s?$"
)

_ALONE = "(?<![\u4e00-\u9fff]){}(?=[吧啦了啊喔哦]?(?![\u4e00-\u9fff]))"
FULL = re.compile(
    _ALONE.format("最高")
    + r"|满分(?!是|为|多少|\d|[一二三四五六七八九十])|满星|最高分(?!是|为|\d|[一二三四五六七八九十])|\b(?:full marks|full (?:score|points|house)|top marks|top score|perfect score|maximum (?:score|points|marks|rating)|max (?:score|points|marks)"
    r"|(?:the )?(?:highest|best|top) (?:score|rating|mark|number|option|one)?\s?(?:(?:that )?(?:you have|you've got|there is|possible|available|going|you offer|allowed|you can give|i can give))|(?:the )?(?:highest|top|best) (?:possible )?(?:score|rating|mark))\b"
)
LOWEST = re.compile(
    _ALONE.format("最低")
    + r"|最低(?:的)?(?:分数?|一档|那档|档)(?!是|为|\d|[一二三四五六七八九十])|\b(?:bottom marks|bottom score|rock bottom|minimum (?:score|points|marks|rating)"
    r"|(?:the )?(?:lowest|worst|bottom) (?:score|rating|mark|number|option|one)?\s?(?:(?:that )?(?:you have|you've got|there is|possible|available|going|you offer|allowed|you can give|i can give|it lets me give))|(?:the )?(?:lowest|worst) (?:possible )?(?:score|rating|mark))\b"
)
_EDGE_ZH = r"(?:嗯|就|选|给|打|那|我|在|个|吧|啦|了|喔|哦|呀|啊|的|\s|[,.!。~，！])*"
MIDDLE = re.compile(
    rf"^{_EDGE_ZH}(?:正?中间|正中|中间值|中间分|中间那个|正中央){_EDGE_ZH}$"
    r"|^\W*(?:(?:right|bang|smack|dead|just|put me|somewhere|i'd say|the|slap|slap bang)\s){0,3}(?:in the )?(?:middle|centre|center|midpoint|mid point)(?: (?:one|of the (?:scale|road)|option|score|number))?\W*$"
)

STARS = re.compile(r"(?:[⭐★☆🌟]\s?){1,12}")
HALF_STAR = re.compile(r"\s?(?:半|½|\.5|and (?:a )?half)")
WORDED = {
    "非常满意": 5, "十分满意": 5, "特别满意": 5, "超级满意": 5, "很满意": 5, "满意": 4, "比较满意": 4, "一般": 3, "一般般": 3,
    "不满意": 2, "不太满意": 2, "很不满意": 1, "非常不满意": 1, "极不满意": 1, "十分不满意": 1, "很差": 1, "非常差": 1, "极差": 1,
    "very satisfied": 5, "extremely satisfied": 5, "excellent": 5, "satisfied": 4, "quite satisfied": 4, "neutral": 3,
    "neither satisfied nor dissatisfied": 3, "dissatisfied": 2, "unsatisfied": 2, "not satisfied": 2,
    "very dissatisfied": 1, "very unsatisfied": 1, "very bad": 1, "terrible": 1, "very poor": 1, "我很满意": 5,
    "我非常满意": 5, "i'm very satisfied": 5, "i am very satisfied": 5,
}  # fmt: skip

# Doubt: two numbers held against each other, or the points of a list.
_SIGNED = rf"[+负-]?\s?{_NUM}(?:\s?(?:分|颗星|星|stars?|points?))?"
_BETWEEN = (
    r"(?:\s?(?:-|~|到|至|或者?|或是|还是|、|,|/|&|和|跟|与|同|定系|定|抑或)\s?|[\s,.…]+(?:or|to|and|for|maybe|perhaps|possibly|through|verging on|bordering on|going on|nearer|if not|"
    r"可能|也许|或许)[\s,]+(?:even |a |an |maybe |perhaps |possibly |at a push ){0,2})"
)
UNSURE = re.compile(rf"(?<![\w.])(?P<a>{_SIGNED}){_BETWEEN}(?P<b>{_SIGNED})(?!\w)(?!\s?[,.]\s?\d)")
UNSURE_ZH = re.compile(
    rf"(?P<a>[+负-]?{_NUM}(?:分|星)?)(?:-|~|到|至|或者?|还是|跟|和|定系|定)(?P<b>[+负-]?{_NUM})(?:分|星|之间|好|吧|呢|$|[,，。!?])"
    rf"|(?P<c>{_NUM})[分星](?:、|,)?(?P<d>{_NUM})[分星]"
)
LIST = re.compile(r"^\s*1\s?[.、)]\s?\D[\s\S]*\b2\s?[.、)]")
CHANGED = re.compile(
    rf"(?:从|由|把|将|from|change|changed)\s?(?:(?:my|the|that|it|a|from)\s){{0,2}}{_NUM}[^,.。]{{0,6}}?(?:改|换|变|调|降|升|to\b)|还是给|->"
)
SETTLED = re.compile(
    r"就|那|还是|算了|定了|最后|决定|\b(?:ok|okay|let's say|lets say|go with|go for|call it|make it|final|fine|say|so|settle|alright|right)\b"
)
HEDGE = re.compile(r"\b(?:maybe|perhaps|possibly|or|might|could)\b|也许|可能|或|还是说")
TAKEN_BACK = re.compile(
    r"不对|不是|错了|错咗|唔系|唔啱|[打说讲按点选看写弄搞记填评揿][错反]|手滑|手误|手抖|更正|纠正|改|换成|应该|应为|还是|算了|其实|[哦啊呃噢喔唉哎]不|不不|[,.?!。，！？…\s]不[,，\s]|等等|等一下|等下|等阵|而是|sorry|抱歉|"
    r"想了想|想想|再想|重来|重新|收回|撤回|作废|不算|[高低多少](?:了|咗)|要不|今次|这次|现在|最后|"
    r"\b(?:wait|no|nah|nope|actually|i mean|i meant|make|correction|correcting|rather|should|change|changing|to|scratch|oops|whoops|typo|mistake|mistyped|meant|not|on second thoughts?|on reflection|"
    r"thinking about it|come to think|more like|edit|hold on|hang on|strike that|now|well|so|too (?:generous|high|low|harsh|much)|let me (?:change|correct)|final|down|up|but (?:after|since|then|today))\b|->|→|=>"
)
# Said after the number that corrects: "six... seven actually".
TAKEN_BACK_BY = re.compile(
    r"(?:分|星|\s?(?:stars?|points?))?[\s,]{0,2}(?:actually|rather|instead|i mean|i meant|才对|才是|才啱)"
)
CORRECTING = re.compile(
    r"改成|改为|改到|换成|改一下|改下|应该是|应该打|应该给|本来想打|想打的是|打错|说错|按错|点错|选错|评错|更正|修改|其实是|"
    r"不是\S{1,4}?,?\s?(?:而)?是|(?:刚才|刚刚|之前)\S{0,4}(?:不算|作废)|"
    r"\b(?:make it|make that|meant|i mean|change|correct|correction|should be|should have been|typo|mistake|mistyped|"
    r"wrong (?:number|button|score|one)|actually)\b"
)


# "2 star service" rates, "the 2 star place" describes.
_STAR_FOR = re.compile(
    r"\s(?:service|experience|ratings?|reviews?|job|all|delivery|staff|treatment|quality|show|work|effort|performance)\b"
)


def is_attribute(unit: str, after: str) -> bool:
    """Whether "star" in the singular describes what follows it."""
    described = unit == "star" and re.match(r"\s[a-z]", after)
    return bool(described and not (_STAR_FOR.match(after) or GOES_ON_EN.match(after) or ENDS.match(after)))


def is_quantity(after: str) -> bool:
    """Whether a plural or a word of counting follows within four English words."""
    return bool(_QUANTITY.search(" ".join(after.split()[:4])))


def is_cents(form: str, start: int) -> bool:
    """`一分没多要`: not a cent, not one point."""
    return bool(_CENT.match(form, start))
