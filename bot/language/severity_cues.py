# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""What makes a message critical or high, and what only looks like it. Patterns on the plain form, by ground and language."""

import re
from typing import Mapping, Pattern

_BODY = r"(?:hand|finger|thumb|arm|leg|foot|face|lip|mouth|tongue|eye|skin|head|back|throat|tooth|teeth|knee|wrist|ankle|son|daughter|kid|child|baby|mother|father|mom|mum|dad|wife|husband|dog|cat)s?"

CRITICAL: Mapping[str, Pattern[str]] = {
    ground: re.compile(pattern)
    for ground, pattern in {
        "injury": r"受伤|受了伤|伤到|(?:烫|烧|割|砸|摔|扎|夹|刺|灼|咬|弄)伤|(?:划|刮|擦|碰|撞|压|磕)(?:伤|破)(?:了)?(?:我|他|她|您)?(?:的)?(?:手|脸|脚|腿|胳膊|头|孩子|宝宝|小孩|老人|皮肤|人)|(?:我|手|脸|脚|腿|头|胳膊|孩子|宝宝|小孩|老人|儿子|女儿|皮肤)\S{0,4}(?:划|刮|擦|碰|撞|压|磕)(?:伤|破)|骨折|流血|出血|缝了?\S{0,2}针|急诊|住院(?!部|楼)|(?:进|去|跑|送|送到|送进)(?:了)?(?:趟)?医院|送医|晕倒|昏倒|"
        r"昏迷|休克|窒息|噎(?:到|住|着)|过敏(?:了|反应|性休克)|(?:全身|浑身|脸上|身上|手上)\S{0,3}(?:起|长)\S{0,3}(?:疹|红点)|起红疹|摔断|差点\S{0,6}(?:砸|烫到|摔|撞到|掉下来砸|噎|没命|出人命)|出人命|人命|(?:妈妈?|爸爸?|奶奶|爷爷|外婆|外公|婆婆|公公|老人家?|孩子|小孩|小朋友|宝宝|儿子|女儿|老婆|老公|仔仔|囡囡)(?:(?!把|将|的手机)[^\s,，。]){0,10}(?:摔|跌)(?:了(?!\S{0,3}(?:手机|杯|碗|坏|碎|都没|也没|东西))|倒|伤|下来|下去|咗|一跤)|(?:摔|跌|伤|砸|夹|割|吃|喝|撞)[^。!！]{0,14}(?:在|喺|去了?|住)医院|"
        rf"\binjur(?:y|ed|ies)\b|\b(?:got|was|were|been|is) hurt\b|\bhurt (?:my|his|her|our) {_BODY}\b|\bhurt (?:me|himself|herself|myself|badly)\b|"
        rf"\b(?:burn(?:ed|t)?|scald(?:ed)?|cut|broke|sliced|gashed|crushed|bruised|pinched|sprained) (?:my|his|her|our|the) {_BODY}\b|\bscald(?:ed|ing)? (?:me|us)\b|"
        r"\b(?:bleed(?:ing)?|bled|stitches|fractured?|ambulance|emergency room|concussion|unconscious|fainted|passed out|choked on|allergic reaction|anaphyla\w+|second.degree burns?|hospitali[sz]ed)\b|\b(?:my|our|the) (?:\w+ ){0,2}?(?:mum|mom|mother|dad|father|gran|grandma|grandpa|grandmother|grandfather|son|daughter|kid|child|baby|toddler|wife|husband|boy|girl|elderly \w+) (?:\w+ )?fell (?!in love|asleep|for|out with)|"
        r"\b(?:to|in|at|into) (?:the )?(?:hospital|er|a&e)\b|\bslipped and\b",
        "safety": r"起火|着火|失火|冒(?:黑|白|浓)?烟|爆炸|炸(?:开|裂)(?:了)?|(?:突然|直接|当场|就|瓶|锅|玻璃|电池|屏|充电宝)炸了|漏电|触电|电到|被电(?:了|到|击)|电击|短路|烧起来|自燃|冒火花|(?:煤气|燃气|瓦斯|天然气)(?:泄|外泄|漏)|漏(?:煤气|瓦斯|燃气)|一氧化碳|烧焦|"
        r"\b(?:caught|catch(?:es|ing)?) (?:on )?fire\b|\b(?:is|was|were|went|literally) on fire\b|\bburst into flames\b|\bfire hazard\b|\bsmoke (?:came|coming|was|is|pouring|started|everywhere)|\bsmoking (?:and|when|from|as)\b|\bstarted (?:to smoke|smoking|sparking)\b|\bspark(?:s|ed|ing)\b|"
        r"\bexplo(?:ded|des|sion|ding)\b|\bblew up in\b|\belectric(?:al)? shocks?\b|\belectrocut\w+|\bgot (?:a )?shock(?:ed)? (?:from|by|when|off)\b|\bshort.?circuit\w*|\bgas leak\w*|\bcarbon monoxide\b|\bsafety hazard\b|\bcould have (?:been )?(?:killed|died|burned down)",
        "food": r"食物中毒|(?<!铅)中毒|上吐下泻|拉肚子|拉了\S{0,4}肚子|呕吐|吐了一|腹泻|吃坏(?:了)?肚子|闹肚子|肠胃炎|(?:吃|喝)(?:出|到)\S{0,5}(?:玻璃|钉子|刀片|针|铁丝|金属|塑料片|螺丝)|"
        r"\bfood.?poison\w*|\bpoisoned\b|\b(?:vomit\w*|threw up|throwing up|diarrh\w+)\b|\b(?:got|felt|became|fell|was|were)(?: all| both)? (?:really |very |so |violently |badly |terribly |extremely )?(?:sick|ill) (?:after|from)\b|"
        r"\bmade (?:me|us|my \w+)(?: really| very| so| violently)? (?:sick|ill)\b|\b(?:glass|metal|needle|nail|screw|blade)s? (?:in|inside) (?:my|the|her|his|our)\b",
        "legal": r"律师|起诉|打官司|法律(?:途径|手段|程序|责任)|走法律|诉讼|(?:告|上|去|到)法院|法院见|法庭|报警|报了警|派出所|提告|告(?:你们|上|到底|死)|存证信函|仲裁|索赔到底|"
        r"\b(?:lawyers?|attorneys?|solicitors?|lawsuit|suing|sue|legal (?:action|team|proceedings|steps|advice)|small claims|press charges|take (?:you|this|them) to court|see you in court|in court|to court|(?:call(?:ed|ing)?|contact(?:ed)?) the police|police report|filed? a police)\b",
        "regulator": r"(?<![\da-z号码尾单¥$])(?<!\d[-\s.])(?:12315|12345)(?![-\s.]?\d|\s?(?:元|块|蚊|步|usd|hkd|分|星|哪))|消协|消费者(?:协会|委员会|权益保护|保护)|消委会|消保(?:官|会|处)|消基会|工商(?:局|所)|市监局|市场监(?:管|督)|监管(?:部门|局|机构)|卫生(?:局|部门|署)|食药监|食环署|主管机关|质监局|海关署|通讯局|金管会|银保监|"
        r"\bconsumer (?:protection|council|affairs|rights|commission|watchdog|agency)\b|\btrading standards\b|\bombudsman\b|\bbetter business bureau\b|\b(?:bbb|ftc|fda)\b|\bhealth (?:department|inspector|authority)\b|\bregulators?\b|\breport(?:ing|ed)? (?:you|this|it|them) to (?:the )?(?:authorit|council|government|consumer|health|fire)",
        "media": r"曝光|(?:找|联系|联络|告诉|通知|向|给|叫|爆料给?|投诉到|反映给)\S{0,3}(?:媒体|记者|电视台|报社|报纸|新闻台)|上新闻|上热搜|(?:发|挂|po|放|传|爆|捅|公布|公开)\S{0,4}(?:网上|到网|上网|微博|抖音|脸书|ptt|dcard|爆料公社|连登)|网上公开|爆料|公审|"
        r"\b(?:contact|call|tell|inform|alert|go(?:ing)? to|take (?:this|it) to|notify|email|talk to|reach out to|write to)\w* (?:the )?(?:local )?(?:media|press|news|newspapers?|journalists?|reporters?|tv)\b|\bgo(?:ing)? public\b|\bgo(?:ing|es)? viral\b|\b(?:i'?ll|i will|going to|gonna) (?:expose|post) (?:you|this|it|everything)\b[^.!?]{0,20}|\bname and shame\b",
        "discrimination": r"歧视|种族主义|地域黑|(?:看不起|瞧不起|嘲笑|羞辱)\S{0,3}(?:外地|残疾|残障|农村|乡下|老人|女|大陆|外国|外劳|移工|穷)|因为我是(?:外地|外籍|外劳|新移民|女|残|黑|同性|大陆|外国|原住民|移工|农村|回民|新住民)|"
        r"\bdiscriminat\w+|\braci(?:st|sm|al(?:ly)?)\b|\bsexis[tm]\b|\bhomophob\w+|\bxenophob\w+|\bableis[tm]\b|\b(?:racial |ethnic )slurs?\b|\bbecause (?:i'?m|i am|we'?re|we are|she'?s|he'?s|of my|of our) (?:a |an )?(?:black|asian|chinese|gay|lesbian|trans|muslim|jewish|indian|disabled|deaf|blind|foreign\w*|woman|female|old|race|skin|accent|religion|wheelchair|disability|nationality)",
        "harassment": r"性骚扰|骚扰(?!电话|短信|信息)|猥亵|动手动脚|(?:乱)?摸(?:了)?(?:我|她|女)(?!不着|不清)|偷拍|跟踪我|尾随|咸猪手|(?:动手|出手)打|打人|打了(?:我|人|他|她)(?!电|了?\S{0,2}电|\S{0,3}折)|推了我|推倒|威胁|恐吓|"
        r"\b(?:sexually )?harass\w*|\bgrop(?:ed|ing)\b|\btouched me\b|\binappropriately\b|\bstalk(?:ed|ing|er)\b|\bfollowed me (?:home|to)\b|\bthreaten(?:ed|ing)?\b|\bassault\w*|\b(?:hit|punched|slapped|pushed|shoved|grabbed) (?:me|my|him|her)\b(?! up| with (?:the|a) (?:bill|charge))|\bfilmed me\b",
        "privacy": r"(?:泄露|泄漏|外泄|流出|出卖|倒卖|贩卖|曝光)\S{0,6}(?:信息|资料|隐私|个资|电话|手机号|地址|身份证)|(?:信息|资料|隐私|个资|电话|手机号|地址|身份证)\S{0,8}(?:泄露|泄漏|被泄|外泄|外流|流出|卖(?:给|掉|了)|给了?别人|给了?陌生人)|侵犯\S{0,3}隐私|盗刷|盗用|"
        r"把我的?(?:电话|手机号|号码|地址|身份证|资料|信息|照片)\S{0,3}(?:给|发|卖|告诉|贴|公布)|"
        r"\bprivacy (?:breach|violation|violated|leak|invasion)\b|\b(?:breach|violation|invasion) of (?:my )?privacy\b|\bviolat\w+ my privacy\b|\bdata (?:breach|leak)\b|\b(?:leak|shar|expos|sold|sell|post|publish)\w* (?:my|our) (?:\w+ )?(?:number|data|details|info\w*|address|email|photos?|name)\b|"
        r"\bgave (?:out )?(?:my|our) (?:\w+ )?(?:number|address|details|data|info\w*)\b|\bidentity theft\b|\bstole my (?:card|identity|data)\b|\bcard (?:was |details )?(?:stolen|skimmed|cloned)\b|\bfraudulent (?:charge|transaction)s?\b|\bpersonal (?:data|info\w*|details) (?:was|were|got|has been|have been|is|are|being) \w+",
        "self_harm": r"自杀|不想活了(?!\S{0,3}(?:好吃|好笑))|\bkill myself\b|\bsuicid\w+",
    }.items()
}

# A cue inside or beside one of these is a figure of speech, a place, a job, a safeguard or a question.
HARMLESS = re.compile(
    r"(?:吓|笑|累|饿|热|冷|烦|美|香|渴|忙|急|爱|困|馋|乐|萌|甜|酷|羡慕)死|(?:味道|口感|颜值|效果|全场|气氛|表演|好吃到|好看到)\S{0,3}炸(?:裂|开)?|炸裂\S{0,2}(?:好|推|口感|味道)|炸(?:鸡|酱|薯|物|猪排|串)|(?:上瘾|迷)\S{0,4}中毒|中毒\S{0,3}(?:上瘾|太好|停不下)|中了\S{0,4}毒|"
    r"(?:法院|医院|派出所|电视台|急诊[室部科]?|律师楼|律师事务所|报社|消防局)(?:的)?(?:旁|附近|对面|隔壁|门口|路|站|楼下|那家|那边|后面|里的店|分店|店|上班|工作)|(?:送|寄|外送|配送|快递)到\S{0,4}(?:医院|法院|派出所)(?!急)|我(?:是|就是|做|当)(?:个|一名)?(?:律师|记者|警察)|律师(?:朋友|同事|函模板)|(?:一位|那位|很多|不少)律师|媒体(?:推荐|报道说好|采访说)|"
    r"防(?:漏电|触电|火|烫|夹|割|爆|摔|盗刷|骚扰|偷拍)|漏电保护|(?:过热|短路|漏电|触电|防火)(?:保护|报警)|灭火|烟雾报警|(?:不|没有|没|从不|绝不|从来不|毫无)\S{0,2}歧视|没有\S{0,3}(?:受伤|泄露|骚扰|威胁|过敏)|(?:无|没)人受伤|没受伤|不(?:会|怕|易|容易)\S{0,2}(?:漏电|过敏|烫伤|泄露|触电|割伤|受伤)|烧焦糖|(?:微|轻)过敏|过敏原|低过敏|抗过敏|花粉过敏|价格\S{0,4}(?:歧视)|炸弹价|(?:颜色|照片|相机|镜头|长|双重|过度|自动)曝光|曝光(?:度|率|量|时间|补偿)|会不会\S{0,10}|会\S{0,12}吗|是否会\S{0,10}|"
    r"打(?:我|他|她|俾我|畀我|给我)的?(?:电话|手机|号码)|(?<!\d)\+?\d(?:[-\s]?\d){8,}|"
    r"^\s*(?:ok |okay |yeah |yes |sure |go on |alright )*hit me(?: with (?:it|them|your\b.*|the next.*))?[\s.!]*$|\b(?:to die for|die for|died laughing|dying to|kill(?:er|ing) (?:deal|price|app|view|it|coffee|burger)|kill(?:s|ing)? it|scared to death|bored to death|sick (?:burn|beat|deal|view|setup|of|and tired))\b|"
    r"\b(?:food|tennis|basketball|badminton|squash|inner|fore)\s?court\w*|\bcourt(?:yard|eous\w*|esy)\b|\b(?:explo\w+ (?:of|with|in) (?:flavou?r|taste|colou?r)\w*|flavou?rs? explo\w+|spark(?:s|ed|ing)? (?:joy|clean|my interest|water|wine)|sparkling|(?:team|kitchen|crew|staff|chef|guys|barista|you guys|band|dj)\w* (?:is|was|were|are) on fire|smoking (?:hot|area|section|deal|room)|smoked \w+|like (?:my|the) \w+ is on fire)\b|"
    r"\b(?:blood orange|bloody mary|hospitality|(?:next|close|opposite|near|across)(?: to| from)? the (?:hospital|court\w*|police\w*)|work(?:s|ing)? (?:at|in) (?:the|a) (?:hospital|court)|deliver\w* to (?:the|a) hospital)\b|"
    r"\bi(?:'m| am) (?:a |an )?(?:lawyer|attorney|journalist|reporter)\b|\b(?:as a|my|a) (?:lawyer|attorney) (?:friend|myself|colleague)\b|\blawyer friend\b|\bas a lawyer\b|"
    r"\b(?:by|with|named|thanks?|thank you|to|ask for|called|miss|lady) sue\b|\bsue (?:at|from|was|is|who|helped|in|and|did|made|behind|on|took|went|really|has)\b|"
    r"\b(?:nobody|no one|no-one) (?:was|got|is) (?:hurt|injured)\b|\b(?:wouldn't|doesn't|won't|didn't|can't) hurt\b|\bhurt my (?:feelings|wallet|eyes|ears|pride)\b|\b(?:not|no|never|without|zero|any) (?:\w+ )?(?:discriminat\w+|harass\w*|injur\w+|racis\w+)\b|\bshock(?:ed|ing(?:ly)?) (?:by|at|how) (?:the|how)?\s?(?:price|good|fast|quick|nice|bill|cost)|\bdiscriminating (?:palate|taste|customer|diner)\w*|"
    r"\b(?:do|will|would|can|could) (?:you|they|it|this|that)\b[^.!]{0,50}\?|\bis (?:my|this|the|it)\b[^.!]{0,40}\?|\bthreaten(?:s|ed|ing)? to (?:rain|snow|become my)|\bheart attack\b|\bprice\b[^.!]{0,20}\bheart attack|\bpoison of choice\b"
)

HIGH = re.compile(
    r"第[二三四五六七八\d]次\S{0,6}(?:坏|修|维修|投诉|反映|反馈|联系|发错|送错|出|上门|报修|打电话|来电|了)|反复|三番五次|一而再|屡次|屡屡|又(?:坏|漏|出|错|是你们|没(?:来|到|修|送|人|收|解决)|不(?:行|能|转|冷|热|来|动|好))|(?:还是|仍然|依旧|依然)(?:没|不|坏|漏)|至今(?:没|未|还)|到现在(?:还|都|也)?(?:没|不)|修了\S{0,4}[次遍回]|"
    r"[两三四五六七八\d几多]次(?:了)?(?:都|也|还)?(?:没|不)|多扣|重复(?:扣|收)|扣了(?:我)?(?:两|2|三)|多收(?:了)?|乱(?:扣|收)|骗(?:钱|子|人|我)|诈骗|欺诈|不(?:退款|退钱|给退|肯退|予退)|拒(?:绝|不)(?:退|赔|处理|承认|换)|钱(?:也|都|就)?(?:没|不)退|"
    r"忍无可忍|气炸|愤怒|黑心|无良|假货|(?:泡|淹)(?:了|坏|水)|辱骂|骂(?:我|人|脏话|了我)|吼(?:我|人)|(?:地板|墙|天花板|家具|家里)\S{0,6}(?:毁|坏|泡|刮|砸)|"
    r"\b(?:second|third|fourth|fifth|2nd|3rd|4th|5th) (?:time|visit|attempt|repair|replacement)\b|\bagain and again\b|\brepeatedly\b|\bstill (?:not|no|haven't|hasn't|isn't|doesn't|waiting|broken|leaking|nothing)\b|\b(?:multiple|many|several|three|four|five|\d) times\b|\bkeeps? (?:breaking|failing|happening|leaking|crashing)\b|"
    r"\bover and over\b|\bcharged (?:me )?(?:twice|double)|\bdouble.charged\b|\bovercharged\b|\bscam\w*|\bfraud\b|\b(?:stole|stolen|thieves|theft)\b|\bnever (?:refunded|got (?:my|a) (?:money|refund))|\brefus\w+ to (?:refund|replace|help|pay|listen|repair)|\b(?:furious|outraged|livid|flooded|ruined|destroyed)\b|\b(?:swore|sworn|yelled|screamed|shouted) at\b|\bno refund\b"
)  # fmt: skip

DEFECT = re.compile(
    r"坏|破(?!例|费)|碎|裂|漏|(?:发|送|装|做|上|拿|给)错|少(?:了|发|送|给)|缺(?:了|件|少)|没(?:收到|送到|来|到货|修好|解决|人(?:接|理|管|回|来)|装好)|未(?:收到|解决|到)|不能用|用不了|无法(?:使用|启动|打开|登录)|打不开|过期|变质|发霉|假(?:货|的|冒)|头发|虫|蟑螂|苍蝇|异味|馊|酸了|爽约|放鸽子|态度\S{0,3}(?:差|恶劣|糟|烂)|不退|骗|粗鲁|丢(?:件|了|失)|"
    r"故障|失灵|死机|失败|弄脏|刮花|刮痕|划痕|不耐烦|爱理不理|翻白眼|不理|夹生|没熟|货不对板|不符|投诉|客诉|生锈|掉漆|脱落|松动|异响|"
    r"\b(?:broke(?:n)?|damaged?|crack(?:ed|s)?|leak(?:s|ed|ing)?|shattered|smashed|wrong (?:item|order|size|colou?r|product|one|address|model|thing)|missing|defective|faulty|expired|mou?ld\w*|rotten|rude(?:ly)?|cockroach\w*|no.show|hung up|ignored|lied|dirty|filthy|spoil(?:ed|t)|undercooked|raw|torn|dent(?:ed|s)?|scratch(?:ed|es)?|rust\w*|loose|complain\w*|lost|unusable|stained)\b|"
    r"\b(?:hair|bug|fly|insect|worm)s? in\b|\bnever (?:arrived|came|received|showed|turned up|got)\b|\b(?:didn't|did not|hasn't|has not|haven't|doesn't|does not|won't|isn't|not|stopped) (?:arriv|com|work|show|turn|receiv|fix|resolv|deliver)\w*"
)  # fmt: skip
