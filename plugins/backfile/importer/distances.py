"""Dates told by their distance, as comments do: `3 days ago`, `vor einem Jahr`, `3日前`, `Yesterday, 10:20 PM`."""

from __future__ import annotations

import re
from datetime import timedelta

from backfile.dates import Edtf, parse_edtf
from backfile.months import any_of, folded

YEARS = range(1970, 2100)
"""Those that a page of the web may tell of."""
_UNITS = {
    "minute": (
        "second seconds sec secs sekunden minute minutes min mins minuten minuto minutos minuti minuut hour "
        "hours hr hrs stunde stunden heure heures hora horas ora ore uur h "
        "sekunder minut minuter minutter timme timmar timer sekund minuty minutę godzin godziny godzinę "
        "minutami hodinami tuntia minuuttia saniye dakika saat órája perce "
        "секунду секунды секунд сек минуту минуты минут мин час часа часов ч хвилину хвилини хвилин "
        "годину години годин λεπτά λεπτό ώρα ώρες دقيقة دقائق ساعة ساعات דקות שעות"
    ),
    "day": (
        "day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen d "
        "dagar dage dager dni dzień dny dnem päivää gün napja день дня дней дні днів ημέρα ημέρες μέρες "
        "يوم يوما أيام ימים"
    ),
    "week": (
        "week weeks woche wochen semaine semaines semana semanas settimana settimane weken "
        "vecka veckor uge uger uke uker tydzień tygodnie tygodni týdny viikkoa hafta hete неделю недели недель тиждень "
        "тижні тижнів εβδομάδα εβδομάδες أسبوع أسابيع שבועות"
    ),
    "month": (
        "month months monat monate monaten mois mes meses mese mesi maand maanden "
        "månad månader måned måneder miesiąc miesiące miesięcy měsíci kuukautta ay hónapja месяц месяца месяцев місяць "
        "місяці місяців μήνα μήνες شهر شهرا أشهر חודשים"
    ),
    "year": (
        "year years jahr jahre jahren an ans année années año años ano anos anno anni jaar jaren yr yrs "
        "år rok lata lat lety vuotta yıl éve год года лет рік роки років χρόνο χρόνια έτη سنة سنوات שנים"
    ),
}
_UNIT_OF = {folded(word): unit for unit, words in _UNITS.items() for word in words.split()}
_UNIT = any_of({spelt for words in _UNITS.values() for word in words.split() for spelt in (word, folded(word))})
_SIGNS = {
    **dict.fromkeys(("分", "分钟", "分鐘", "小时", "小時", "時間", "분", "시간"), "minute"),
    **dict.fromkeys(("天", "日", "일"), "day"),
    **dict.fromkeys(("周", "週", "週間", "주"), "week"),
    **dict.fromkeys(("个月", "個月", "か月", "ヶ月", "カ月", "개월", "달"), "month"),
    **dict.fromkeys(("年", "년"), "year"),
}
"""Units of scripts in which the number stands right before them."""
_TODAY = (
    "today|heute|aujourd['’]hui|hoy|hoje|oggi|vandaag|i ?dag|tänään|dziś|dzisiaj|dnes|bugün|сегодня|сьогодні|днес"
    "|σήμερα|اليوم|היום|今日|今天|오늘"
)
_YESTERDAY = (
    "yesterday|gestern|hier|ayer|ontem|ieri|gisteren|i ?går|eilen|wczoraj|včera|dün|вчера|вчора|χθες|χτες"
    "|أمس|אתמול|昨日|昨天|어제"
)
_CLOCK = r"\W{0,3}(?:[^\W\d]{1,8}\W{1,3})?\d{1,2}[:.h时時]\d\d"
_DAY = rf"(?<!\w)(?:(?P<today>{_TODAY})|{_YESTERDAY})(?={_CLOCK})"
NEARBY = re.compile(_DAY, re.IGNORECASE)
"""Finds this day or the one before as forums write them, with a clock behind, which tells as surely as a date."""
RELATIVE = re.compile(
    r"\b(?:vor|il y a|hace|há|fa|about|etwa|over|před|πριν(?: από)?|منذ|قبل|לפני)"
    r"\s+(?P<count1>\d+|an?|eine[mnr]?|une?|una?|um)"
    rf"\s+(?P<unit1>{_UNIT})\b"
    rf"|\b(?P<count2>\d+|an?)\s+(?P<unit2>{_UNIT})"
    r"\s+(?:ago|zuvor|atrás|fa|geleden|sedan|siden|temu|sitten|önce|назад|тому|πριν)\b"
    rf"|(?P<count4>\d+)\s?(?P<unit4>{any_of(_SIGNS)})\s?[前전]"
    rf"|{_DAY}"
    rf"|^\s*(?P<count3>\d+)\s?(?P<unit3>{_UNIT})\b(?:\s*,?\s*(?:und\s+)?\d+\s+(?:{_UNIT}))?\s*$",
    re.IGNORECASE,
)
"""Finds a date told by its distance, as `3 days ago`, `vor einem Jahr`, `Yesterday, 10:20 PM`."""


def told_by_distance(text: str, now: str) -> str:
    """`3 days ago`, counted back from the capture, as an approximate date no finer than its unit."""
    base = parse_edtf(now)
    found = RELATIVE.search(text) if base and base.day else None
    if not base or not found:
        return ""
    group = next((number for number in "1234" if found[f"unit{number}"]), "")
    if not group:
        return _back(base, 0 if found["today"] else 1, "day")
    count, unit = found[f"count{group}"], _unit_of(found[f"unit{group}"])
    number = int(count) if count.isdecimal() else 1
    if number > 10_000:
        return ""
    return _back(base, number, unit)


def _unit_of(name: str) -> str:
    return _SIGNS.get(name) or _UNIT_OF[folded(name)]


def _back(base: Edtf, number: int, unit: str) -> str:
    moment = base.earliest()
    if unit == "year":
        return f"{moment.year - number:04}~" if moment.year - number in YEARS else ""
    if unit == "month":
        months = moment.year * 12 + moment.month - 1 - number
        return f"{months // 12:04}-{months % 12 + 1:02}~" if months // 12 in YEARS else ""
    if unit == "minute":  # seconds, minutes and hours: the same day, or the one before
        return moment.strftime("%Y-%m-%d~")
    return (moment - timedelta(days=number * (7 if unit == "week" else 1))).strftime("%Y-%m-%d~")
