"""Text that breaks software: what a person, a phone, a keyboard or a villain can put into a field."""

MARK = "kanarie<i>"
"""What must never come back as a tag: each piece of markup below begins with it."""

NAMES = (
    "'t Hart",
    "van 't Hoff-d'Ablaing van Giessenburg",
    "Ĳsbrand ĳ IJ",
    "Weiß Łukasiewicz Đặng Nguyễn",
    "e\u0301e\u0301n i\u0308 o\u0302",  # NFD
    "محمد علي",
    "张伟 王芳",
    "Ὀδυσσεύς Ђорђе",
    "null",
    "None NaN Infinity -0 undefined",
    "O" * 400,
)
SHAPES = (
    "",
    " ",
    "\u00a0\u2003\u3000",
    "\u200b\u200d\ufeff",
    "\u202eabc\u202c\u2066x\u2069",
    "a\x00b",
    "a\x07\x1b[31mb",
    "regel een\r\nregel twee\rregel drie\u2028vier\u0085vijf",
    "👩‍👩‍👧‍👦🏳️‍🌈👍🏿",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
    "\ud7ff\ue000\ufffe\uffff",
    "\U0010ffff\U000e0041",
    "ﷺ" * 40,
    "x" * 5_000,
    "\n" * 300,
    "ａｂｃ １２３",
)
MARKUP = tuple(
    MARK + rest
    for rest in (
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' autofocus onfocus=alert(1) x='",
        "</textarea><svg/onload=alert(1)>",
        "</title></select><iframe src=javascript:alert(1)>",
        "<!--<style>--><base href=//kwaad.example>",
        "&lt;b&gt;&amp;amp;&#x3c;",
        "]]><![CDATA[<x>",
    )
)
CODE = (
    "{{7*7}}{% raw %}${7*7}#{7*7}<%= 7*7 %>",
    "{{config.SECRET_KEY}}{{''.__class__.__mro__}}",
    "%s%s%n%x %(naam)s {0} {naam!r}",
    "'; DROP TABLE intake;--",
    "1' OR '1'='1' UNION SELECT 1,2,3--",
    "x' || pg_sleep(9) || 'x",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|x",
    "\t=1+1",
    "../../../../etc/passwd\x00.pdf",
    "C:\\con\\nul ..\\..\\windows",
    "$(reboot) `reboot` ; reboot | reboot && reboot",
    "http://kwaad.example/ //kwaad.example javascript:alert(1)",
    "x\r\nBcc: ieder@kwaad.example\r\n\r\nx",
    '{"$ne": null, "__proto__": {"x": 1}}',
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
)
NUMBERS = (
    "-1",
    "0",
    "1e309",
    "1e3",
    "１２",
    "²",
    "0x10",
    "1_000",
    "99999999999999999999999999",
    "1,5",
    "NaN",
    "111222333",
    "123456789",
    "000000000",
    "１１１２２２３３３",
    "0612345678",
    "+31 (0)10-555 01 00",
    "NL91ABNA0417164300",
    "1234 AB",
    "0999AA",
)
DATES = (
    "30-02-2026",
    "29-02-2027",
    "01-01-0001",
    "31-12-9999",
    "2026-13-01",
    "12/31/2026",
    "23-11-2126",
    "1-1-26",
    "2026-11-23T09:00:00Z",
    "gisteren",
)
STRINGS = (*NAMES, *SHAPES, *MARKUP, *CODE, *NUMBERS, *DATES)
