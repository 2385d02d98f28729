# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""What a question about the conversation itself is about: erasure, identity, privacy, purpose or duration."""

import re
from typing import Optional

_TOPICS = tuple(
    (topic, re.compile(pattern))
    for topic, pattern in (
        (
            "erasure",
            r"(?:删除|删掉|删了|删|清除|清掉|抹掉|抹去|注销|销毁|移除)\S{0,3}(?:我|本人|个人)\S{0,5}(?:资料|数据|信息|个资|记录|纪录|电话|号码|账号|帐号|隐私)|(?:我|本人|个人)的?\S{0,4}(?:资料|数据|信息|个资|记录|纪录|电话|号码)\S{0,6}(?:删除|删掉|删了|清除|清掉|抹掉|移除)|不(?:同意|允许|准|许|要)\S{0,4}(?:使用|用|保存|收集|保留|留着|留)\S{0,3}我\S{0,4}(?:资料|数据|信息|个资)|被遗忘权|"
            r"\b(?:delete|erase|remove|wipe|destroy|forget)\b[^.!?]{0,20}\bmy\b[^.!?]{0,20}\b(?:data|details|info\w*|records?|number|profile)\b|\b(?:delete|erase|remove|wipe)\b[^.!?]{0,10}\bme from\b|\bright to (?:be forgotten|erasure)\b|\bobject to (?:the |you |your )?(?:us(?:e|ing)|process\w*|keep\w*|stor\w*)\b|\b(?:don't|do not|dont)\b[^.!?]{0,14}\b(?:keep|store|use|save) my (?:data|details|info\w*|number)\b",
        ),
        (
            "privacy",
            r"匿名|保密(?!包装|工作|性|发货|做得|措施|很)|隐私|实名|(?:谁|哪些人|什么人|别人|店员|店里|员工|老板|公司)\S{0,6}(?:看到|看见|看得到|看的到|知道是我|能看|会看|看)(?!法)\S{0,6}(?:吗|么|呢|\?|$)|(?:给|让)\S{0,6}(?:谁|别人|店员|店里|员工)\S{0,3}看|"
            r"(?:我的?|这些|个人)?(?:信息|资料|个资|数据|电话|号码|回答|答案|评价|反馈|意见|隐私)\S{0,10}(?:安全|泄露|泄漏|外泄|外流|公开|给别人|给谁|怎么用|怎么处理|保存|存|拿去|用来|卖|转给)\S{0,6}(?:吗|么|呢|\?|$)|会不会\S{0,4}(?:泄露|泄漏|外泄|公开|外流)|(?:怎么|哪里|从哪)\S{0,3}(?:得到|有|拿到|知道)我的?(?:电话|号码|联系|资料|手机)|"
            r"\b(?:anonymous\w*|confidential\w*|private|privacy|gdpr)\b|\bwho (?:sees|reads|will (?:see|read)|gets|can (?:see|read)|is going to (?:see|read)|else)\b|\b(?:will|does|can|do) (?:the |my |your |anyone |other )?(?:\w+ ){0,3}(?:see|read|know) (?:what|my|this|it|who|that it)\b|\b(?:my|the) (?:data|details|information|info|answers?|responses?|feedback|number|comments)\b[^.!]{0,30}(?:safe|secure|stored|kept|used|shared|sold|private|go|public|end up)\b|\bwhat (?:happens|do you do) (?:to|with) (?:my|this|the)\b|\bhow did you get my\b|\b(?:share|sell|store|keep) my (?:data|details|info\w*|number|answers)\b",
        ),
        (
            "duration",
            r"(?:要|需要|得|会)?(?:花|占|填|答|做|弄|问|耽误|聊|用)?(?:我|个)?(?:多久|多长时间|多少时间|多长)(?:啊|呀|呢|吗|\?|$)|(?:花|占|要|耽误)\S{0,4}(?:多久|很久|很长时间|很多时间|好久)(?:吗|么|\?|$)|(?:还有|总共|一共|还剩|还要|要答|要问|有)\S{0,4}(?:几|多少)(?:道|个)?(?:题|问题|条)|(?:几|多少)(?:道题|个问题|题)(?:啊|呀|呢|\?|$)|几分钟(?!就|便|内)\S{0,6}(?:完|好|够|吗|\?)|(?:题目|问题|问卷)(?:会)?\S{0,4}(?:多|长)(?:吗|么|不多|不)|快(?:结束|完|好)了(?:吗|没)|什么时候(?:能)?(?:结束|完)|"
            r"\bhow (?!long (?:it|this|they|the \w+) (?:lasts?|took|kept|stays?|holds?))(?:long|much time|much longer|many (?:more )?questions|many (?:are )?(?:left|more)|many to go|many minutes)\b(?![^.!?]*(?:deliver|order|arriv|parcel|repair|refund|wait for|until|warranty|come))|\b(?:does|will|is) (?:it|this) (?:take |going to take |be )?(?:a )?(?:long|quick|much time)\b|\bis (?:it|this) (?:a )?(?:long|quick|short)\b|\b(?:nearly|almost) (?:done|finished|over)\s*\?|\bany more questions\?",
        ),
        (
            "purpose",
            r"(?:为什么|为啥|干嘛|干吗|凭什么)(?:要|老|总|又)?(?:问|给我发|联系我|找我|找上我|知道这|让我填|要填|要我)|(?:问|填|做|答|评|收集)(?:这|这些|这个|那么多|我这)\S{0,4}(?:干嘛|干吗|干什么|干啥|做什么|有什么用|有啥用|有用吗|什么用|什么意思)|(?:问卷|调查|评价|回访|访问|这)\S{0,4}(?:干嘛|干什么|干啥|做什么|做啥|有什么用|有啥用|什么用|目的|用途|用来|要幹嘛|要干嘛)|(?:目的|用途)是?(?:什么|啥)|有(?:什么|啥)(?:用|意义)|填了有用吗|这是(?:在)?(?:干|做)(?:嘛|什么|啥)|"
            r"\bwhat(?:'s| is| are) (?:this(?: survey| chat| questionnaire)?|the survey|it|these|the point|the purpose|these questions|all this)\b(?: for| about| all about| in aid of|\s*\?|$)|\bwhat for\b|\bwhy (?:are|do|did|should|would) (?:you|i)\b[^.!?]{0,12}(?:ask|need|want|contact|messag|text|send|fill|answer|know|writ)\w*|\bwhat (?:do|will|are) you (?:do|going to do|use)\w*(?: with| it for| this for)\b|\bwhat's the (?:point|purpose|use|reason)\b|\bpurpose of (?:this|the)\b|\bwhat good (?:does|will)\b",
        ),
        (
            "identity",
            r"(?:你|您)(?:到底|究竟|真)?(?:是|叫)(?:不是)?(?:谁|机器人|真人|人工|个人|人|什么|哪|ai|电脑|骗子|客服)|是不是(?:机器人|真人|ai|骗|电脑)|(?:跟|和|同)我\S{0,4}(?:的|是)(?:人|真人|机器)\S{0,8}|(?:是|跟)\S{0,2}(?:机器人|真人|ai|人|机器)\S{0,2}(?:还是)(?:机器|人|ai|真人)|(?:是|跟)(?:机器人|真人|ai)\S{0,4}(?:吗|么|还是|\?)|(?:你们|这)是(?:哪里|哪家|什么公司|诈骗|骗)|(?:诈骗|骗人的|骗子)\S{0,2}(?:吗|吧|\?)|你(?:能|会|可以)(?:做|干|帮)(?:什么|我什么|啥)|"
            r"\bwho (?:are you|is this(?! (?:driver|guy|man|woman|technician|person))|am i|is that|are you with|do you work for)\b|\b(?:are|r) (?:you|u) (?:a |an )?(?:real|human|bot|robot|ai|machine|person|chatbot|computer|actual|someone|legit|automated)|\bam i (?:talking|speaking|chatting|texting) (?:to|with)\b|\bis (?:this|it|that) (?:a |an )?(?:bot|robot|automated|real|scam|safe|spam|for real|legit|phishing|person|human|machine|ai)\b|\b(?:bot|robot|human|person|machine) or (?:a )?(?:bot|robot|human|person|machine|real)\b|\bwhat can you do\b|\bwhat are you\b",
        ),
    )
)


def topic_of(form: str) -> Optional[str]:
    """The topic a plain text asks about, or None."""
    return next((topic for topic, pattern in _TOPICS if pattern.search(form)), None)
