# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""The precise rules for acts: what a customer does in so many words. Patterns on the plain form, three languages in each."""

import re
from typing import Dict, Pattern

from bot.language import fixed_forms
from bot.language.fixed_forms import whole


def _whole(words: str) -> Pattern[str]:
    """The text is nothing but this."""
    return re.compile(whole(words))


ASK_HUMAN = re.compile(
    whole(fixed_forms.ASK_HUMAN) + r"|"
    r"转(?:接)?(?:到)?(?:人工|真人|客服|专人|专员|接人工|人)|人工(?:客服|服务|坐席|座席|接听)|(?:找|要|叫|换|派|有没有|有|能否|可以)(?:个|一个|一下|你们)?\S{0,3}(?:真人|人工|活人|专人|真客服)|真人(?:客服|服务|来|接)|^\s*(?:人工|真人|客服|转人工|找客服|专人)\s*[!！。.?？]*$|"
    r"(?:我要|我想|让我|请|帮我|想)(?:找|跟|和|与|同|见|联系|叫)(?:你们)?(?:的)?\S{0,3}(?:客服|经理|主管|店长|负责人|老板|领导|专人|专员)|(?:叫|让|请)\S{0,3}(?:经理|主管|店长|负责人|老板|领导)(?:来|出来|跟|和|接|听|联系|打)|"
    r"不(?:想|要)(?:再)?(?:跟|和|同)(?:机器|机器人|ai)|(?:跟|和|同)(?:真)?人(?:聊|说|讲|谈|对话)|(?:跟|和|同)(?:一个|个)?(?:活人|真人|职员|同事|客服)\S{0,3}(?:聊|说|讲|谈|倾)|搵(?:个)?(?:真人|职员|经理|客服)|(?:找|换|叫|让|给我)(?:个|一个)?(?:活人|真的人|真人|人来)|有[没冇](?:有)?\S{0,4}(?:真的?人|活人|人可以)|(?:真|活)人(?:回|答|客服|在)|客服呢(?!\w)|接人工|人工[!！。]*$|"
    r"\b(?!talked|chatted|talks|chats|speaks)(?:speak|talk|chat|connect|transfer|put|get|pass|escalate)\w*(?: me| us| this)?(?: (?:to|with|through to|on to|over to|through))? (?:a |an |the |your |some |with |to )?(?:real |live |actual |human |someone)?\s?(?:human|person|agent|representative|rep|manager|supervisor|someone|somebody|operator|advisor|staff member|team member|people)\b|"
    r"\b(?:real|live|actual) (?:human|person|agent|people)\b|^\s*(?:human|agent|representative|operator|real person|person|manager)\s*(?:please|pls|now)?\s*[.!?]*$|\bhuman (?:agent|please|being|support|help)\b|\bcustomer service (?:agent|rep\w*) please\b|\b(?:want|need|get me|give me|prefer) (?:a |an |your |the )?(?:human|agent|manager|supervisor|representative|real \w+)\b|\bnot a (?:bot|robot|machine)\b|\bis there (?:a|any) (?:human|person|one real)\b|\b(?:anyone|someone|anybody|somebody) (?:real|human|actual)\b|\bproper (?:person|human)\b|\b(?:give|get|want|need) (?:me )?(?:a |an )?(?:human|person|real \w+)\b"
)
ASK_HUMAN_NOT = re.compile(
    r"\b(?:get|send|have|want|need) (?:someone|somebody|a person|people) (?:round|out|over|here|(?:to )?(?:fix|fit|come|look|repair|install|collect|pick|ring|call|phone))|\btext people\b|(?:是不是|你是|您是|是|are you|is this|am i (?:talking|speaking|chatting) (?:to|with))\s?(?:一个|个|a |an )?(?:真人|机器人|人工智能|真的人|人|ai|real|human|bot|robot|person|live)\S{0,6}(?:吗|还是|\?|么|or|person|human|$)|不(?:用|需要|必)转人工|人工\S{0,4}(?:很|太|态度|服务很|客服很)|人(?:过)?[来嚟](?:修|看|装|取|收|拿|换|弄|搞|检查|量|整|睇|拆|搬|洗|清)|real person (?:answered|helped|replied|called|picked)|(?:speak|talk) to people"
)
STOP = re.compile(
    whole(fixed_forms.STOP) + r"|"
    r"^\s*(?:td|t|退订|unsubscribe|stop|取消订阅|停止|quit|cancel survey|opt.?out)\s*[.!。！]*$|退订(?!单)|取消订阅|(?:别|不要|勿|请勿|停止|唔好)(?:再)?(?:给我|跟我|向我)?\S{0,2}(?:发|打扰|骚扰我|推送|联系我|问了|烦我|寄|传|send)(?!错|坏|烂|漏|少|\S{0,2}(?:错|坏|烂)|火|生|现|货|票|到|同|那|这个?师傅)|(?<!这个我)(?<!这题我)(?<!这题)(?<!这个)(?<!那题)不想(?:再)?(?!回答\s*[.。!！]*$)(?!\S{1,3}(?:这|那)(?:个|题|道|一题))(?:答|回答|填|做(?:了|问卷|调查|这)|参加|参与|收到|评(?:了|价)|被打扰)|(?:别|不要|唔好)(?:再)?问(?!我(?:怎么|为什么|为何|点))|不(?:答|填|做|参加|评)了(?!解)|"
    r"(?:结束|停止|终止|取消)(?:这个|本次|此次)?(?:问卷|调查|对话|评价|回访|访问)|拒绝(?:回答|参加|参与|调查|回访)|没(?:兴趣|空|时间)(?:参加|做|填|回答|回覆|答)|到此为止|"
    r"\bunsubscribe\b|\bopt (?:me )?out\b|\b(?:stop|quit) (?:asking|messaging|sending|texting|contacting|emailing|bothering|this survey|the survey|these|it|now|please)\b|\bplease stop\b(?! (?:the|my|your|it|this|that) (?!survey|messag|question|text))|\b(?:don't|do not|dont) (?:want to|wanna|feel like|wish to) (?:answer\w*|do (?:this|it|these|any|a survey|your|the (?:survey|questionnaire)|more|surveys)|take (?:this|part|the survey|your|any)|continue|participate|fill|be contacted|go on(?! like| with))|(?<!they )(?<!staff )(?<!guys )(?<!people )\b(?:don't|do not|dont|never) (?:contact|message|text|email|bother(?! buying| with| going| ordering| coming| to)|ask(?! me (?:why|how|what))|send)\b(?! (?:\w+ ){0,2}(?:wrong|same|broken|faulty|him|her|that (?:guy|man)))(?:\s?(?:me|this|any)\b)?|\bno more (?:questions|messages|surveys)\b|\bleave me alone\b|\bremove me\b|\btake me off\b|(?<!were )(?<!was )(?<!are )(?<!is )(?<!seemed )\bnot interested\b(?! in (?:help|listen|fix|what|my|me|us|solv|hear|the problem))|\bend (?:the |this )?(?:survey|chat|conversation)\b|\bi'?m done (?:answering|with (?:(?:this|these|your|the|all) )*(?:survey|question|message|form|chat|conversation|feedback)\w*)\b"
)
CORRECT = re.compile(
    whole(fixed_forms.CORRECT) + r"|"
    r"改(?:成|为|到)\s?(?:[负+\-]?[\d零一二两三四五六七八九十]+|满)(?:分|星)?|(?:评分|分数|打分|刚才|刚刚|之前|上一?(?:题|个)|答案)\S{0,6}(?:改|更正|修改|打错|说错|按错|点错|选错|填错|不对|错了)|(?:想|要|能|可以|帮我|请|麻烦|让我)\S{0,4}(?:改|修改|更正)(?:一下|下)?(?:评分|分数|打分|答案|分|刚才|之前|$|吗|[,，。])|(?<![傅员他她们司机银服号色码寸址价样款])(?:打|说|按|点|选|评|填|输)错(?:了|分)(?!\S{0,3}(?:电话|地址|单|名|货|口味|价))|(?<![傅员工他她哥们机])手(?:滑|残|抖)(?!\S{0,2}(?:摔|砸|打翻|打破|掉|弄|的))|按到|更正|^\s*(?:改一下|我改一下|修改一下)|"
    r"应该(?:是|打|给)\s?(?:[负+\-]?[\d零一二两三四五六七八九十]+)(?:分|星)?\s*[吧才。.!！]*\s*(?:$|[,，。])|^\s*不对(?!称|劲|头|版|板|外|胃|口|路|齐|等|起)|不是\s?\S{1,3}?(?:分)?[,，\s]*(?:是|而是)\s?[\d零一二两三四五六七八九十]|(?:刚才|刚刚|之前)(?:那|的)?(?:个)?(?:分|分数|评分)?(?:不算|作废)|"
    r"\b(?:i )?meant(?: to (?:say|give|put|type|press|hit|choose|pick))?\b(?: a)? (?:\d|zero|one|two|three|four|five|six|seven|eight|nine|ten|minus)|\b(?:make|change|correct|update|revise) (?:it|that|this|my (?:\w+ )?(?:rating|score|answer|number|response|vote)|the (?:rating|score))\b(?! (?:(?:to|for|on|by) )?(?:mon|tue|wed|thu|fri|sat|sun|tomorrow|next|the (?:morning|afternoon|\w+day)|\d+ ?(?:am|pm|:|o'?clock)|another|a new|again|right|up|better|work|stop|quick|good))|\bwrong (?:button|score|rating|key|answer)\b|(?<!he made a )(?<!they made a )(?<!a )\btypo\b(?! on| in)|\bmis(?:typed|clicked|tapped|click)\b|\bi (?:pressed|hit|tapped|clicked|picked|chose|typed|selected) (?:the )?wrong\b|\bmy (?:rating|score|answer|last answer) (?:should|was wrong|is wrong)|\bcorrection\b(?! fluid| tape| pen)|\bfat.?finger\w*|\bscratch that\b|\bshould(?:'ve| have)? (?:be|been) (?:a )?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten)\b(?=\s*(?:$|[,.!;]|stars?|not|instead|out|points?|really|sorry|i\b))"
)
ASK_BACK = re.compile(
    r"你是(?:谁|机器人|真人|人|什么|哪)|您是(?:谁|机器人|真人|哪)|是不是(?:机器人|真人|ai|骗)|(?:是|跟)(?:机器人|真人|ai)\S{0,4}(?:吗|么|还是|\?)|匿名|(?:问卷|调查|评价|题目|问题|回访|访问)\S{0,8}(?:多久|多长|几题|几个|多少|干嘛|干什么|做什么|有什么用|有奖|吗|什么用|目的|用途|谁)|(?:还有|总共|一共|要答|要问)\S{0,3}(?:几|多少)(?:题|个问题|道|条)|为什么(?:要)?(?:问|给我发|联系我|找我|找上我)|"
    r"(?:怎么|哪里|从哪)(?:得到|有|拿到|知道)我的?(?:电话|号码|联系|资料|手机)|(?:会|要)(?:花|占)(?:多久|多少时间|多长)|要花?多(?:久|长|少)时间|(?:1|一|5|五|0|零|10|十)分?(?:是|代表|表示)\S{0,6}(?:最|好|差|什么|还是|吗)|(?:我的)?(?:回答|答案|评价|资料|信息|反馈|意见)\S{0,6}(?:谁(?:会)?看|给谁|保密|公开|用来|会被|拿去)|谁会看|保密(?:吗|么|的吗)|什么意思(?!都|也)|听不懂你(?:说|问)|看不懂(?:你|这个|题|问题)|这是什么(?!破|烂|鬼|垃圾|狗屁|态度|质量|服务|东西|玩意|道理|逻辑|世道|烂)|这是(?:在)?(?:干|做)(?:嘛|什么)|你(?:能|会|可以)(?:做|干|帮)(?:什么|我什么|啥)|怎么(?:打分|评分|回答|填)(?!都|也)|有(?:什么)?(?:奖励|好处|奖品|礼品|报酬)吗|"
    r"\bwho (?:are you|is this(?! (?:driver|guy|man|woman|person|technician)))\b|\bare you (?:a |an )?(?:real|human|bot|robot|ai|machine|person|chatbot|computer)|\bam i (?:talking|speaking|chatting) (?:to|with)\b|\bis (?:this|it) (?:a )?(?:bot|anonymous|confidential|automated|a survey|real|a scam|safe|spam|for real)|\banonymous\b|\bconfidential\b|\bhow (?:long|many questions|many more|much longer)\b[^.!]{0,30}(?:survey|take|questions|\?)|\bwhat(?:'s| is) (?:this|the survey|it) (?:for|about|all about)|\bwhat is this(?= (?:for|about|survey|chat|all)\b|\s*(?:\?|$))|\bwhy (?:are|do) you (?:ask|need|want|contact|messag)\w*|\bwho (?:sees|reads|will see|gets|can see|is going to)\b|\bwhat (?:do|will|are) you (?:do|going to do|use)\w*(?: with)?\b|\bwhat (?:does|do) (?:a |the )?(?:\d+|one|five|ten|zero|it|that|this|these|numbers?)\b[^.!]{0,30}\bmean|\bis (?:1|5|10|0|one|five|ten|zero) (?:the )?(?:best|worst|good|bad|highest|lowest)|\bwhat do you mean\b|\bhow did you get my\b|\bwhat can you do\b|\bdo i (?:get|win|have to)\b[^.!]{0,30}\?|\bwhat happens (?:to|with) my\b|\bwhich (?:is|one is|end is|number is) (?:the )?(?:best|good|better|worst)"
)
ORDER_STATUS = re.compile(
    r"(?:订单|包裹|快递|快件|货|东西|物流|外卖|单子|件|维修单|退款|师傅)\S{0,8}(?:到哪|在哪|哪里了|什么时候(?:能|会)?(?:到|发|送|来)|何时|几时|多久(?:能|会|才)?(?:到|送)|发货了(?:吗|没)|寄出(?:了)?(?:吗|没)|到了吗|到了没|进度|状态|还要(?:等)?多久)|(?:什么时候|何时|几时|几点|哪天|多久)(?:才|能|会|可以)?\S{0,3}(?:到货|发货|送到|送达|送来|寄到|出货|收到|上门|配送|寄出)|(?:查|查询|看)(?:一下|下|看|询)?\S{0,6}(?:订单|物流|快递|包裹|单号|进度|配送|出货)|(?:订单|物流|出货|配送)(?:状态|进度|查询|信息)|(?:还|怎么)(?:没|不)(?:发货|出货)(?:吗|呢|？|\?|$)|追踪(?:码|号|订单|包裹)|"
    r"\b(?:where(?:'s| is| are)) (?:my|the|our) (?:\w+ )?(?:order|parcel|package|delivery|stuff|item|driver|courier|shipment|refund|things|technician)|\b(?:track|check|trace|look up) (?:on )?(?:my|the|an|this)?\s?(?:\w+ )?(?:order|parcel|package|delivery|shipment|status)\b|\b(?:order|delivery|shipping|tracking|parcel|repair|refund) (?:status|update|number\?)\b|\bstatus of (?:my|the|order)\b|\bwhen (?:will|is|does|can|should|do)\b[^.!]{0,30}(?:arriv|deliver|ship|come|get here|be here|dispatch|show up|expect)\w*|\bhas (?:my|the|it|order)\b[^.!]{0,25}(?:shipped|left|dispatched|been sent|gone out)|\bhow long (?:until|till|before|will)\b[^.!]{0,30}(?:arriv|deliver|order|parcel|get|come)\w*|\b(?:eta|tracking (?:number|link|info)(?! (?:was|is|were|did|does|never|not|you)))\b"
)
REFUND_STATUS = re.compile(
    r"(?:退款|退的钱|退货款|退刷)\S{0,6}(?:到账了?(?:吗|没|没有)|到了(?:吗|没)|处理(?:到|得怎么|好了(?:吗|没))|进度|到哪|什么时候|多久)|\b(?:status|progress|news|update)\b[^.!?]{0,20}\b(?:refund|repair|return)|\brefund\b[^.!?]{0,20}\b(?:yet|status|through yet|processed)\s*\?"
)
WISH = re.compile(
    r"^\s*(?:please |just |pls |then )?(?:send|resend|replace|exchange|swap|refund|call|ring|phone|collect)\b(?! (?:was|is|were|took|came|went|process|policy|has|had|quality|centre|center|still|never|arrived))|要求|我要|我想要?|想(?:要|申请|请)?|能不能|能否|可不可以|可以(?:帮|给|申请|退|换|重|补|赔|安排)?|能(?:给|帮|退|换|重|补|赔|安排)|请(?:帮|给|尽快|立即|马上|你们|安排|退|换|重|补)?|(?<![太好很真么够超])麻烦(?!死|的|极)|帮(?:我|忙)|给我(?!说|讲)|希望(?:能|你们|可以|给)?|申请|必须|赶紧|马上|立刻|尽快|需要|怎么(?:退|换|赔|补|申请)|如何(?:退|换|申请|办理)|应该(?:给我)?(?:退|赔|补|换)|赔偿|赔(?:我|钱|吧|付)|补偿|退给我|还我|把钱|得给|"
    r"\b(?:i(?:'d| would)? (?:want|like|need|demand|expect|request|prefer|insist|hope)|can (?:i|you|we|someone)|could (?:i|you|we|someone)|may i|please|pls|give me|send me|send (?:a|someone)|get me|i'?m (?:asking|requesting|looking) (?:for)?|i ask for|would like|want (?:my|a|the|to|you)|need (?:my|a|the|to|you)|how (?:do|can) i (?:get|return|claim|exchange)|compensat\w+|issue (?:me )?a|just (?:refund|replace|exchange|send)|do i get|is it possible|will you|should (?:refund|replace|compensate|give)|you owe me|let me (?:return|exchange)|get (?:someone|somebody|your|a)|give me|take it|would do|would be (?:nice|good|fine|great|ok\w*)|maybe|just send|ring me|someone (?:to )?(?:ring|call|phone|come)|resend|full refund)\b"
)
REMEDY_BLAMED = re.compile(
    r"慢|快(?!点|点儿|退|换|修|来|帮|给)|准时|礼貌|专业|方便|简单|顺利|不错|看过|来过|修过|说取消|(?<!不要)(?<!算)[了咗][\s!。.]*$|很多|慢|久|还没|没到|不到|没收到|麻烦|难|了吗|\b(?:slow|late|never|still|took|quick|fast|easy|was|were|good|great|came)\b"
)
COMPENSATE = re.compile(r"赔偿|补偿|赔(?:我|钱|付|点|多少)|\bcompensat\w+|\bmake (?:it|this) (?:up|right)\b")
SUGGEST = re.compile(
    r"(?<!不)(?<!先)(?:最好|不如|干脆|应该要?)(?:提前|加开|加|增|有|可以|能|设|多|出|开)(?!\S{0,6}(?:钱|款|赔))|(?<!\S{6})(?:多)(?:开|招|请|设|放|加|备|出)(?:几|一?点|些|个)|下次\S{0,8}(?:提前|先)\S{0,8}(?:就好|更好|比较好|就更好)|^\s*盼着?(?:早|多|出|能)|"
    r"\bcould do with (?:more|a|an|some|better)\b|\bi'?d love (?:to see|it if|you to (?:add|offer|open|make))\b|\bit(?:'d| would) (?:be better|help) (?:if|to)\b|\bhave you (?:thought about|considered)\b|\b(?:perhaps|maybe) (?:offer|add|open|have|try|make|put|send|use)\b|\bnext time (?:please |maybe )?(?:call|text|ring|send|bring|let|tell)\b|"
    r"建议(?!别|不要|大家|你们?别|避|远离|绕)|希望(?:你们(?!倒|关|赔|早点倒|早日倒|别)|贵|以后|下次|能|可以|店|公司|多|增加|改进|今后|将来|早日)|(?:能|可以|要是|如果)\S{0,18}(?:就(?:更|太)?好了|更好|会更|就更)|不妨|最好(?:能|可以|是|再|有)|提(?:个|点|一个|一点)(?:小)?(?:建议|意见)|(?:应该|可以|能不能|何不|不如|期待|盼)(?:再|多|增加|增设|加|考虑|改进|优化|提供|设|推出|改成|开放|改善|放|出)(?!次)|(?:能不能|可不可以|可唔可以)\S{0,4}(?:周[末日六]|假日|晚上|夜晚|夜间)(?:也)?(?:营业|配送|送货|上门|开|服务)|不如(?:加|增)(?:开|设)|"
    r"\bsuggest\w*(?! (?:nobody|no one|everyone|you all|people|anyone|that (?:nobody|no one|everyone)|avoiding))|\b(?:it )?would be (?:nice|great|good|better|helpful|lovely|even better|cool|awesome)(?: if| to|\b)|\bwould help if\b|\b(?:you|they) (?:should|could|might want to|may want to)\b(?! (?:be ashamed|have|be sorry|apologi|be sued|never))|\bmaybe (?:you|add|have|consider|try|open)\b|\bconsider \w+ing\b|\bwhy not\b|\b(?:i )?(?:wish|hope) (?:you|there|the|they|next time)\b|\bplease (?:add|consider|offer|bring back|open|make|provide|think about)\b|\b(?:one|an|my|small) (?:idea|suggestion|recommendation|tip)\b|\bhow about\b|\bcould (?:be improved|use)\b|\b(?:need|needs) (?:more|better|to (?:add|have))\b"
)
SUGGEST_PLAINLY = re.compile(
    r"就(?:更|太|完美)?(?:好|棒|方便|完美)了|^\s*(?:我|小小|一点)?(?:的)?(?:建议|希望)(?:你们(?!倒|关|赔|早点倒|早日倒)|贵|店|以后|门市|下次)|\b(?:i suggest(?! (?:nobody|no one|everyone|you all|people|anyone|avoiding))|my suggestion|would be (?:nice|great|good|helpful) if|would help if)\b"
)
NOTHING = re.compile(
    r"^\s*(?:nope?[\s,]*(?=no))?(?:没有?|没有?了|没啥|没什么|冇(?:啊|喎)?|nothing|none|no)(?:[\s,，.。!！~了啦啊呢耶欸哦喔]|really|else|more|thanks|much|at all|for now|谢谢)*$"
)
EXACT: Dict[str, Pattern[str]] = {
    "ask_back": _whole(fixed_forms.ASK_BACK),
    "order_status": _whole(fixed_forms.ORDER_STATUS),
    "skip": _whole(
        fixed_forms.SKIP + r"|"
        r"(?:先|我)?(?:跳过|略过|略|pass|skip|跳|过|下一题|下一个|下一个问题|不想说|不想讲|不方便说|不方便透露|没什么(?:想|要|好|可)(?:说|讲|补充|评价)(?:的)?|没(?:有)?(?:什么)?(?:意见|补充|想法|要补充|好说|想说)(?:的)?|无可奉告|不知道(?:怎么说|说什么|写什么)?|不清楚|随便|不评价|不回答|不想回答这(?:个|题)|这(?:题|个)(?:先)?(?:跳过|不答|略过|不想答|不想回答|pass|skip)|暂(?:时)?(?:没有|不说)|唔知|唔想讲|没想法|不好说)(?:这(?:个|题|一题|个问题))?"
        r"|skip(?: (?:it|this|that|please|this one|this question|the question|question|for now))?(?: please| thanks)?|next(?: question| one)?(?: please)?|pass(?: on this(?: one)?)?|i'?d rather not(?: say| answer)?|rather not(?: say)?|prefer not to (?:say|answer)|no (?:comment|opinion|idea)|nothing to (?:add|say)|n/?a|not applicable|i don'?t know|don'?t know|idk|dunno|no clue|not sure|can'?t say|(?:can|could|may) (?:i|we) skip(?: this| it| that)?(?: one| question)?|move on|let'?s move on|next thing"
    ),
    "thank": _whole(
        fixed_forms.THANK + r"|"
        r"(?:好的?|嗯|ok|okay|行|收到|知道了|明白了?|没事|辛苦了?|那)?[\s,，。!！]*(?:非常|十分|太|真的|万分|很|先|多|再次)?(?:谢谢|感谢|多谢|谢啦|谢了|谢谢您|谢谢你们?|感恩|唔该(?:晒)?|多谢晒|3q|thx|tks|谢)(?:您|你|你们|大家|啦|帮忙|关心|回复|您的帮助|你的帮助|各位|客服|帮助|费心|了)*(?:[\s,，]*(?:辛苦|辛苦了|麻烦了|麻烦你了|费心了))?|辛苦(?:了|你了|您了|啦|你们了|大家了)|麻烦(?:你|您)了|费心了"
        r"|(?:ok(?:ay)?|great|good|perfect|cool|alright|fine|awesome|lovely|no worries|got it)?[\s,.!]*(?:many |much |big |ok )?(?:thanks?|thank you|thankyou|thx|ty|tysm|tks|cheers|much appreciated|appreciate it|i appreciate (?:it|that|your help|this)|thanks? you)(?: (?:you|a lot|so much|very much|again|a bunch|a million|for (?:your|the|that|this|all|everything|helping|asking|getting)[\w\s']{0,40}|everyone|guys|all|team|mate))*"
    ),
    "greet": _whole(
        fixed_forms.GREET + r"|"
        r"(?:你好|您好|你们好|大家好|hi|hello|hey|嗨|哈啰|哈喽|哈囉|哈罗|早|早上好|早安|早晨|上午好|中午好|午安|下午好|晚上好|晚安好|安安|在吗|在么|在不在|有人吗|有人在吗|喂|在线吗|客服在吗|请问有人吗|亲|hihi|good (?:morning|afternoon|evening|day)|hi there|hello there|hey there|greetings|howdy|yo|morning|anyone there|anybody there|is anyone there|is anybody there|hiya|what'?s up|hola)(?:[\s,，!！.?？]*(?:你好|您好|在吗|有人吗|hi|hello|there|again|everyone|team|客服|小姐|先生|亲|anyone there|is anyone there|bot|how are you(?: doing)?(?: today)?))*"
    ),
    "goodbye": _whole(
        fixed_forms.GOODBYE + r"|"
        r"(?:好的?|ok|行|谢谢|嗯|那|就这样|没事了)?[\s,，。!！]*(?:再见|拜拜|拜|掰掰|掰|bye|bye ?bye|886|88|下次见|回头见|回见|改天见|回头聊|下次再聊|先这样|就这样吧|先走了|我先走了|下了|先下了|晚安|再会|good ?bye|see (?:you|ya)(?: (?:later|soon|next time|around))?|good ?night|take care|cya|later|ttyl|talk (?:to you )?later|have a (?:good|nice|great|lovely) (?:day|one|evening|night|weekend)|that'?s all(?: for (?:now|today))?|gotta go|got to go|i have to go|i'?m off)(?:[\s,，!！.]*(?:再见|拜拜|谢谢|bye|for now|now|then|thanks|thank you|and take care|then bye|祝你?们?生意兴隆|祝好))*"
    ),
}
YES = _whole(
    r"是|是的|对|对的|对呀|对啊|好|好的|好呀|好啊|好滴|好哒|好嘞|好吧|行|行的|行吧|可以|可以的|可|没问题|没错|嗯|嗯嗯|嗯呢|恩|恩恩|要|要的|需要|愿意|当然|当然可以|当然愿意|当然会|会|会的|肯定会?|一定会?|有|有的|同意|接受|我接受|确认|确定|正确|成|成交|中|来吧|开始|开始吧|请(?:问|说|讲|开始)|没意见|就这样(?:办|吧)|就这么办|听你的|解决了|已经解决(?:了)?|已解决|收到了?|满意|得|系|系呀|系嘅|冇问题|得啦|ok|okay|okie|okey|好喔|好哦|欧了|1000%|必须的|嗯可以|好可以|可以接受|行可以|好没问题|没问题的?|愿意的|好我愿意|好我接受|是的?没错|对没错|是啊|"
    r"yes|yes please|yeah|yea|yep|yup|ya|yess+|y|sure|sure thing|of course|ok(?:ay)?(?: sure| then| fine| yes| go ahead)?|k|alright|all right|fine|fine by me|fine with me|sounds (?:good|great|fine|fair)|that'?s (?:fine|ok|okay|right|correct|fair|good|great)|that (?:works|would be (?:great|fine|good|nice))|works for me|go ahead|go for it|please do|definitely|absolutely|certainly|correct|right|exactly|indeed|agreed|i agree|i accept|accept(?:ed)?|deal|i do|i will|it (?:is|was|did|does)|i would|i am|yes i (?:do|am|would|will|have|did|can)|yes it (?:is|was|did|does|has)|yes (?:sure|that'?s fine|of course|definitely|go ahead|thanks|thank you)|why not|let'?s (?:go|do it|start)|no problem|happy to|i'?d love to|i'?d be happy to|resolved|solved|it'?s (?:solved|resolved|fixed)|confirm(?:ed)?|ready|i'?m ready|by all means|you bet|totally|perfect|great"
)
NO = _whole(
    r"不|不是|不是的|不对|不要|不要了|不用|不用了|不用啦|不必|不必了|不需要|不需要了|不想|不愿意|不会|不行|不可以|不好|不同意|不接受|我不接受|没|没有|没有了|没了|没有啊|没有呢|暂时没有|还没|还没有|没解决|没有解决|未解决|算了|算了吧|免了|拒绝|否|不了|不了谢谢|先不用|先不了|不太(?:行|好|愿意|想)|才不(?:要|会)?|唔使|唔使喇|唔要|唔系|冇|唔得|唔好|不方便|现在不方便|没空|没时间|现在没空|在忙|改天|改天吧|下次吧|以后再说|不考虑|不满意|当然不|绝不|肯定不会?|不可能|没兴趣|"
    r"no|nope|nah|no+|n|no thanks|no thank you|not (?:really|now|at all|today|yet|right now|interested|this time|at the moment|necessary|needed|for me|ok|okay|acceptable|good enough|resolved|solved|fixed)|no not (?:really|yet|now)|never|never mind|nevermind|i don'?t(?: think so| want (?:it|that|to))?|i do not|i didn'?t|i (?:wouldn'?t|won'?t|haven'?t|can'?t)|no (?:it|i|that) (?:isn'?t|wasn'?t|didn'?t|don'?t|doesn'?t|hasn'?t|won'?t|wouldn'?t|does not|is not|was not|do not)|it (?:isn'?t|wasn'?t|hasn'?t|didn'?t)|no way|of course not|absolutely not|definitely not|i refuse|decline|declined|i decline|wrong|incorrect|that'?s (?:wrong|not (?:right|it|correct|enough|fair|ok))|no need|nothing(?: else| more)?|none|that'?s not enough|maybe later|later|i'?m (?:busy|good|ok|fine)|busy|no good|i disagree|disagree|don'?t bother|forget it"
)
# Contempt in the form of a question: nothing is asked.
CONTEMPT = re.compile(
    r"(?:什么|啥|咩|乜)(?:破|烂|鬼|狗屁|垃圾|屁|辣鸡|衰)(?!损|了)|^[^?？吗]{0,8}(?:是|叫)?(?:个)?(?:什么|咩|啥)(?:态度|质量|服务|素质|水平|品质|嘢嚟)[啊呀嘛㗎\s!！?？。]*$|"
    r"\bwhat (?:kind|sort|type) of (?:a )?(?:rubbish|junk|crap|garbage|trash|joke|service|company|shop|quality|people|business|idiots?)\b|\bwhat (?:is|was|kind of) (?:this|that) (?:junk|rubbish|crap|garbage|trash|mess|joke|piece of)\b|\b(?:is this|is that) (?:a|some kind of|some sort of) joke\b"
)
# The beginning of a longer answer to a yes/no question.
YES_FIRST = re.compile(
    r"^\s*(?:是的|对的?|好的?|可以|行|嗯+|愿意|会的?|需要|要的?|当然|没问题|同意|接受|有的?|yes|yeah|yep|sure|ok(?:ay)?|of course|absolutely|definitely|certainly|please do|fine)\s*[,，.。!！;；]|^\s*(?:yes|yeah|sure|ok(?:ay)?|definitely|absolutely)\b(?! but)|^\s*(?:愿意|同意|接受|可以接受|当然(?!不|没)|解决了|我接受|我愿意|我同意|会推荐)"
)
NO_FIRST = re.compile(
    r"^\s*(?:不用了?|不要了?|不需要了?|不必了?|不行|不会|不是|不接受|不同意|不愿意|没有?|算了|还没|唔使|唔要|不了?|no|nope|nah|not really|not yet|never)\s*[,，.。!！;；]|^\s*(?:no|nope|nah|not)\b(?! problem| worries| doubt| issue| complaint| bad| too bad| a (?:problem|bad)| only| sure| one\b| body| wonder| idea)|^\s*(?:不用(?!说|问|想|怀疑|等|排)|不需要|不接受|不同意|不愿意|没解决|没有解决|还没|还是没|我不(?!介意|反对)|不行(?!就|的话|吗)|不会|算了(?!一下|下|算|\d)|没修好)"
)
RATING = re.compile(
    r"(?:给|打|评)\S{0,5}(?:[\d零一二两三四五六七八九十]{1,3}|满)(?:分|颗?星)(?!钟)|^\s*[+\-负]?\s?(?:10|\d|[零一二三四五六七八九十两])\s?(?:分|星)?\s*[!！。.,，]*\s*$|^\s*(?:满分|零分)|[\d四五]星好评|\b(?:rate|rating|score|give)\b[^.!?]{0,25}\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\b(?! (?:minutes|days|hours|times|people|dollars|\w+ refund))|^\s*(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|zero)(?: out of (?:\d{1,2}|five|seven|ten)| stars?| points?)\b|\d\s?/\s?(?:5|7|10)\b|[⭐★]"
)
