"""Sample values for the gallery: every component in every state, in four languages.

The texts are samples of their language, not translations of the service; Arabic is there to
check pages that read from right to left.
"""

from typing import Any

from django import forms
from django.core.paginator import Paginator

from bassin.indicators import numbers
from bassin.types import Origin
from bassin.ui import embedding, gallery_charts, graphics
from bassin.ui.charts.classes import legend
from bassin.ui.loops import CONDITIONS, Loop, loop
from bassin.ui.parts import (
    Cell,
    Column,
    Crumb,
    Download,
    Moment,
    Reason,
    Row,
    Tab,
)

LANGUAGES = ("fr", "en", "ar", "pt")

WORDS: dict[str, dict[str, str]] = {
    "fr": {
        "place": "Val-d'Exemple",
        "question": "Combien d'emplois pour cent actifs occupés ?",
        "answer": "94 emplois pour 100 actifs occupés, 4 de moins que la région.",
        "jobs": "emplois au lieu de travail",
        "unit": "emplois",
        "asof": "2018",
        "source": "Insee, recensement",
        "secret": "Secret statistique : moins de trois entreprises.",
        "unemployment": "Taux de chômage au sens du recensement",
        "gap": "0,8 point de plus que la Métropole",
        "offer": "Agent de maintenance, 35 h, 12 minutes en tram",
        "first": "Vous avez déjà les trois savoir-faire demandés.",
        "yes": "Le trajet dure 12 minutes.",
        "unknown": "Avez-vous le permis B ?",
        "no": "L'offre demande une habilitation électrique.",
        "missing": "Votre date de disponibilité.",
        "call": "Appeler l'employeur",
        "door": "Je cherche un travail ou une formation",
        "hint": "Un métier, une commune",
        "show": "Voir les offres",
        "choose": "Choisissez une commune du territoire.",
    },
    "en": {
        "place": "Sample Valley",
        "question": "How many jobs for each hundred employed residents?",
        "answer": "The territory has 94 jobs per 100 employed residents, 4 fewer than the region.",
        "jobs": "jobs at the workplace",
        "unit": "jobs",
        "asof": "2018",
        "source": "Insee, census",
        "secret": "Statistical secrecy: fewer than three firms.",
        "unemployment": "Unemployment rate (census definition)",
        "gap": "0.8 points more than the Métropole",
        "offer": "Maintenance worker, 35 h, 12 minutes by tram",
        "first": "You already have the three skills that are asked for.",
        "yes": "The journey takes 12 minutes.",
        "unknown": "Do you hold a driving licence?",
        "no": "The offer asks for an electrical accreditation.",
        "missing": "The date from which you are free.",
        "call": "Call the employer",
        "door": "I am looking for work or training",
        "hint": "A trade, a commune",
        "show": "See the offers",
        "choose": "Choose a commune of the territory.",
    },
    "ar": {
        "place": "وادي المثال",
        "question": "كم عدد الوظائف لكل مئة عامل مقيم؟",
        "answer": "في المنطقة 94 وظيفة لكل 100 عامل مقيم، أي أقل بأربع من الإقليم.",
        "jobs": "وظائف في مكان العمل",
        "unit": "وظيفة",
        "asof": "2018",
        "source": "المعهد الوطني للإحصاء، التعداد",
        "secret": "سر إحصائي: أقل من ثلاث شركات.",
        "unemployment": "معدل البطالة حسب التعداد",
        "gap": "أعلى من المتروبول بـ 0٫8 نقطة",
        "offer": "عامل صيانة، 35 ساعة، 12 دقيقة بالترام",
        "first": "لديك المهارات الثلاث المطلوبة.",
        "yes": "الرحلة تستغرق 12 دقيقة.",
        "unknown": "هل لديك رخصة قيادة؟",
        "no": "العرض يتطلب تأهيلا كهربائيا.",
        "missing": "تاريخ توفرك.",
        "call": "اتصل بصاحب العمل",
        "door": "أبحث عن عمل أو تدريب",
        "hint": "مهنة أو بلدية",
        "show": "عرض الوظائف",
        "choose": "اختر بلدية من المنطقة.",
    },
    "pt": {
        "place": "Vale do Exemplo",
        "question": "Quantos empregos por cem residentes empregados?",
        "answer": "94 empregos por 100 residentes empregados, menos 4 do que a região.",
        "jobs": "empregos no local de trabalho",
        "unit": "empregos",
        "asof": "2018",
        "source": "Insee, recenseamento",
        "secret": "Segredo estatístico: menos de três empresas.",
        "unemployment": "Taxa de desemprego (recenseamento)",
        "gap": "0,8 pontos a mais do que a Metrópole",
        "offer": "Técnico de manutenção, 35 h, 12 minutos de elétrico",
        "first": "Já tem as três competências pedidas.",
        "yes": "O trajeto dura 12 minutos.",
        "unknown": "Tem carta de condução?",
        "no": "A oferta pede uma habilitação elétrica.",
        "missing": "A data a partir da qual está livre.",
        "call": "Ligar ao empregador",
        "door": "Procuro trabalho ou formação",
        "hint": "Um ofício, uma comuna",
        "show": "Ver as ofertas",
        "choose": "Escolha uma comuna do território.",
    },
}

RATES = (
    ("A", 17.9), ("B", 16.2), ("C", 14.3), ("D", 13.1), ("E", 12.8), ("F", 12.6),
    ("G", 12.1), ("H", 11.9), ("I", 11.2), ("J", 10.4), ("K", 9.8), ("L", 9.1),
)  # fmt: skip
"""Invented rates of twelve places; the third is ours."""

OUTLINE = (
    (0, 0),
    (4, -1),
    (7, 0),
    (9, 3),
    (8, 6),
    (10, 9),
    (6, 11),
    (3, 10),
    (1, 7),
    (2, 4),
    (0, 0),
)
AROUND = (
    ((7, 0), (12, -2), (14, 4), (13, 10), (10, 9), (8, 6), (9, 3), (7, 0)),
    ((0, 0), (-4, 2), (-5, 8), (1, 7), (2, 4), (0, 0)),
)
RIVER = ((-4, 12), (1, 9), (4, 6), (5, 3), (8, 0), (12, -4))


class SampleForm(forms.Form):
    """A form with each kind of field."""

    commune = forms.CharField(label="Commune")
    detail = forms.CharField(widget=forms.Textarea, required=False)
    minutes = forms.ChoiceField(choices=[("15", "15 min"), ("30", "30 min")], help_text="max.")
    contract = forms.ChoiceField(
        choices=[("cdi", "CDI"), ("cdd", "CDD")], widget=forms.RadioSelect, required=False
    )


def _spots(words: dict[str, str]) -> list[graphics.Spot]:
    return [
        graphics.Spot(
            words["place"] if key == "C" else key, value, numbers.percent(value), key == "C"
        )
        for key, value in RATES
    ]


def _rows(words: dict[str, str]) -> list[Row]:
    rows = []
    for key, value in RATES[:6]:
        ours = key == "C"
        name = words["place"] if ours else key
        drawn = graphics.bar(value, 17.9, title=name, said=numbers.percent(value), ours=ours)
        cells = [
            Cell(numbers.number(value, 1), sort=value, drawn=drawn),
            Cell(why=words["secret"]) if key == "D" else Cell(numbers.number(1204), sort=1204),
            Cell("3", sort=3, origin=Origin.INVENTED),
        ]
        rows.append(Row(Cell(name, url="#tables"), cells, ours))
    return rows


def form(words: dict[str, str]) -> SampleForm:
    """The sample form with one field in error, its words in the language."""
    sample = SampleForm({"minutes": "15"}, error_class=forms.utils.ErrorList)
    for field in sample.fields.values():
        field.label = words["hint"]
    sample.fields["commune"].error_messages["required"] = words["choose"]
    sample.full_clean()
    return sample


def values(language: str) -> dict[str, Any]:
    """Everything the gallery's template shows, in one language."""
    words = WORDS[language]
    return {
        "words": words,
        "form": form(words),
        "jobs_shown": numbers.number(281735),
        "invented_shown": numbers.number(1204),
        "crumbs": [Crumb("France", "#"), Crumb("Île-de-France", "#"), Crumb(words["place"])],
        "tabs": [Tab("2012", "#a"), Tab("2018", "#b", current=True), Tab("2023", "#c")],
        "page": Paginator(range(300), 25).page(3),
        "columns": [Column(words["place"]), *(Column(head, True) for head in ("%", "n", "m²"))],
        "rows": _rows(words),
        "reasons": [
            Reason("yes", words["yes"]),
            Reason("unknown", words["unknown"]),
            Reason("no", words["no"]),
        ],
        "moments": [
            Moment("mars 2024", "2024-03", words["first"], detail=words["yes"]),
            Moment("juin 2026", "2026-06", words["missing"], "late", url="#timeline"),
            Moment("2027", "2027", words["offer"], "next"),
        ],
        "lines": embedding.Shown(
            "sample", words["unemployment"], "/embed/sample/", "/", "/embed/sample.svg"
        ).lines("https://donnees.example.fr{}".format),
        "files": [Download("PNG", "#png"), Download("SVG", "#svg"), Download("CSV", "#csv")],
        "loops": [_loop(words, 1, "C5", 0), _loop(words, 2, "C5", 2), _loop(words, 3, "", None)],
        "audiences": ("seek", "firm", "partner", "figure"),
        **_drawings(words, language),
    }


def _loop(words: dict[str, str], number: int, code: str, level: int | None) -> Loop | None:
    """A loop whose condition `code` is at a level; an unfinished one for no code."""
    said = {"fr": words["yes"], "en": words["yes"]}
    known = list(CONDITIONS)[: len(CONDITIONS) if code else 2]
    facts: dict[str, Any] = {each: {"level": 3, "evidence": said, "next": said} for each in known}
    if code:
        facts[code]["level"] = level
    return loop(
        {
            "name": dict.fromkeys(("fr", "en"), f"{words['place']} {number}"),
            "origin": "invented",
            "dimensions": dict.fromkeys(("production", "ecology", "skills"), said),
            "conditions": facts,
        }
    )  # fmt: skip


def _drawings(words: dict[str, str], language: str) -> dict[str, Any]:
    place, said = words["place"], words["answer"]
    return {
        "charts": gallery_charts.drawn(words, language),
        "legend": legend(gallery_charts.samples(words, language)["choropleth"]),
        "spots": _spots(words),
        "series": [12.1, 12.8, None, 13.6, 14.0, 14.3],
        "breaks": [3],
        "outline": graphics.outline(
            [OUTLINE], title=place, said=said, around=AROUND, water=[RIVER]
        ),
        "locator": graphics.locator([*AROUND, OUTLINE], (4, 5), title=place, said=said),
    }
