"""A small site that changes in every way, built incrementally and from nothing, for tests of `backfile.build`."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.settings import read_settings

# Imported before the first build is forked, so that the builds need not.
from backfile.build import plugin as _build_plugin  # noqa: F401
from backfile.build import render, store
from backfile.build.adapter import inquiry
from backfile.comments import plugin as _comments_plugin  # noqa: F401
from project import ROOT

THEME = {
    "templates/base.html": """{% from 'parts.html' import line with context %}
<title>{% block title %}{{ SITENAME }}{% endblock %}</title>{{ motto }}
{% if archive and archive.undated %}<a href="{{ SITEURL }}/undated.html">undated</a>{% endif %}
{% for p in pages %}<a href="{{ SITEURL }}/{{ p.url }}">{{ p.title }}</a>{% if page is defined and p == page %}*{% endif %}{% endfor %}
{% block main %}{% endblock %}""",
    "templates/parts.html": """{% macro line(a) %}<li><a href="{{ SITEURL }}/{{ a.url }}">{{ a.archive.title }}</a>
{{ a.archive.published.text if a.archive.published }} {{ a.archive.thread.label }} {{ a.archive.authors | join(',') }}</li>
{% endmacro %}""",
    "templates/article.html": """{% extends 'base.html' %}{% block main %}<h1>{{ article.archive.title }}</h1>
{{ article.category }} {{ article.content | safe }} {{ article.locale_date }} {{ article.summary }}
{% for c in article.archive.thread.flat %}{{ c.author }}: {{ c.html | safe }}{% endfor %}
{% for t in article.translations %}{{ line(t) }}{% endfor %}
{% for t in article.tags or [] %}{{ t.name }} {{ t.url }}{% endfor %}
{% for s in article.archive.sources %}{{ s.name }}{% endfor %}{% endblock %}""",
    "templates/page.html": "{% extends 'base.html' %}{% block main %}{{ page.content | safe }}{% endblock %}",
    "templates/index.html": """{% extends 'base.html' %}{% block main %}{{ archive.article_count }} {{ archive.comment_count }}
{% for y in archive.years | sort(attribute='year', reverse=true) %}{{ y.year }}: {{ y.count }}{% endfor %}
{% for c, list in categories %}{{ c.name }} {{ list | length }}{% endfor %}{% for f in staticfiles %}{{ f.url }}{% endfor %}
{% for a in articles_page.object_list %}{{ line(a) }}{% endfor %}{{ articles_page.number }}
{% if articles_next_page %}<a href="{{ SITEURL }}/{{ articles_next_page.url }}">older</a>{% endif %}{% endblock %}""",
    "templates/listing.html": """{% extends 'base.html' %}{% block main %}
{% for a in articles_page.object_list %}{{ line(a) }}{% endfor %}
{% if articles_page.number == 1 %}{{ articles | length }}{% endif %}
{% if articles_page.has_previous() %}<a href="{{ SITEURL }}/{{ articles_previous_page.url }}">newer</a>{% endif %}
{% endblock %}""",
    "templates/tag.html": "{% extends 'listing.html' %}{% block title %}{{ tag }}{% endblock %}",
    "templates/category.html": "{% extends 'listing.html' %}{% block title %}{{ category.name }}{% endblock %}",
    "templates/author.html": "{% extends 'listing.html' %}{% block title %}{{ author.slug }}{% endblock %}",
    "templates/tags.html": "{% extends 'base.html' %}{% block main %}{% for t, l in tags | sort %}{{ t }}{{ l | length }}{% endfor %}{% endblock %}",
    "templates/undated.html": "{% extends 'base.html' %}{% block main %}{% for a in archive.undated %}{{ line(a) }}{% endfor %}{% endblock %}",
    "templates/period_archives.html": """{% extends 'base.html' %}{% block main %}{{ period | join('-') }}
{% for p in period_archives.get('year', []) %}<a href="{{ SITEURL }}/{{ p.url }}">{{ p.period_num[0] }}</a>{% endfor %}
{% for a in dates %}{{ line(a) }}{% endfor %}{% endblock %}""",
    "static/css/a.css": "body {}",
}
PLUGIN = '''"""Another plugin, which changes what pages see."""
from pelican import signals

def tell(generator):
    generator.context["motto"] = "version {version}"
    generator.context["newest"] = [article.title for article in generator.articles[:1]]

def register():
    signals.article_generator_finalized.connect(tell)
'''
PLUGINS = ("backfile.comments", "backfile.build", "motto_plugin")
WORDS = "harbour ferry council pool mayor bridge lamp street school river market storm".split()


class World:
    """Content, theme, settings and output in a folder; everything random comes from `chance`."""

    def __init__(
        self, root: Path, chance: random.Random, theme: Path | None = None, plugins: tuple[str, ...] = PLUGINS
    ) -> None:
        self.root, self.chance = root, chance
        self.settings: dict[str, Any] = {"DEFAULT_PAGINATION": 3, "SITENAME": "Site", "PLUGINS": list(plugins)}
        self.number = 0
        self.version = 1
        if theme:
            shutil.copytree(theme, root / "theme")
        else:
            self.settings["DIRECT_TEMPLATES"] = ["index", "tags", "undated"]
            for name, text in THEME.items():
                put(root / "theme" / name, text)
        put(root / "plugins" / "motto_plugin.py", PLUGIN.replace("{version}", "1"))
        (root / "content" / "images").mkdir(parents=True)
        for _ in range(chance.randrange(1, 9)):
            self.add()

    # --- what may happen to a site ---

    def articles(self) -> list[Path]:
        return sorted(path for path in (self.root / "content").rglob("*.md") if "pages" not in path.parts)

    def text(self, **fixed: str) -> str:
        chance = self.chance
        self.number += 1
        head = {
            "Title": " ".join(chance.choices(WORDS, k=3)),
            "Id": f"a{self.number:04}",
            "Date": f"20{chance.randrange(5, 8):02}-{chance.randrange(1, 4):02}-{chance.randrange(1, 9):02}",
            "Category": chance.choice(["Harbour", "Town", "Sea & sky"]),
            "Authors": chance.choice(["Ada Brook; Tom Lind", "Ada Brook;", "ada brook;", ""]),
            "Tags": chance.choice(["ferry; pool", "Ferry", "!!!; ???", ""]),
            "Summary": chance.choice(["", "A <b>summary</b>"]),
            "Status": chance.choice(["published"] * 6 + ["draft", "hidden"]),
            **fixed,
        }
        body = " ".join(chance.choices(WORDS, k=12))
        others = self.articles()
        if others and chance.random() < 0.4:
            body += f"\n\n[other]({{filename}}/{chance.choice(others).relative_to(self.root / 'content').as_posix()})"
        if chance.random() < 0.3:
            body += f"\n\n![image]({{static}}/images/{chance.randrange(3)}.png)"
        comments = "".join(
            f"\n<!-- comment c{at}\nAuthor: Reader {at}\n-->\n\n{chance.choice(WORDS)}!\n"
            for at in range(chance.choice([0, 0, 1, 3]))
        )
        lines = "".join(f"{key}: {value}\n" for key, value in head.items() if value)
        return f"{lines}\n{body}\n\n<!-- comments -->\n{comments}"

    def add(self) -> None:
        put(self.root / "content" / self.chance.choice(["", "x", "x/y"]) / f"f{self.number}.md", self.text())

    def edit(self) -> None:
        path = self.some()
        old = path.read_text("utf-8")
        put(path, old.replace("\n\n", f"\n\n{self.chance.choice(WORDS)} ", 1))

    def field(self, key: str, value: str) -> None:
        path = self.some()
        lines = path.read_text("utf-8").split("\n")
        end = lines.index("") if "" in lines else 0
        kept = [line for line in lines[:end] if not line.startswith(f"{key}:")]
        put(path, "\n".join([*kept, *([f"{key}: {value}"] if value else []), *lines[end:]]))

    def some(self) -> Path:
        if not self.articles():
            self.add()
        return self.chance.choice(self.articles())

    def retitle(self) -> None:
        self.field("Title", " ".join(self.chance.choices(WORDS, k=2)))

    def redate(self) -> None:
        self.field("Date", self.chance.choice(["", "2005-01-01", "2009-12-31", "2006-02-03T10:00"]))

    def retag(self) -> None:
        self.field("Tags", self.chance.choice(["", "new; ferry", f"t{self.number}"]))

    def section(self) -> None:
        self.field("Category", self.chance.choice(["", "Town", f"Section {self.number}"]))

    def status(self) -> None:
        self.field("Status", self.chance.choice(["draft", "hidden", "published", "skip", "nonsense"]))

    def translate(self) -> None:
        put(
            self.root / "content" / f"t{self.number}.md",
            self.text(Id="same", Slug="same", Lang=self.chance.choice(["de", "en"])),
        )

    def twin(self) -> None:
        put(self.root / "content" / f"twin{self.number}.md", self.some().read_text("utf-8"))

    def broken(self) -> None:
        put(self.root / "content" / "broken.md", self.chance.choice(["no title\n", "Title: x\nno colon\n\nx"]))

    def delete(self) -> None:
        self.some().unlink()

    def rename(self) -> None:
        path = self.some()
        path.rename(path.with_name(f"r{self.number}{self.chance.randrange(99)}.md"))

    def swap(self) -> None:
        """Two files change places, with the times they had."""
        one, other, between = self.some(), self.some(), self.root / "between"
        one.rename(between)
        if other.exists():
            other.rename(one)
        between.rename(other)

    def touch(self) -> None:
        os.utime(self.some())

    def about(self) -> None:
        path = self.root / "content" / "pages" / f"p{self.chance.randrange(2)}.md"
        if path.exists() and self.chance.random() < 0.4:
            path.unlink()
        else:
            put(path, f"Title: {self.chance.choice(WORDS)} page\nId: {path.stem}\n\n{self.chance.choice(WORDS)}\n")

    def image(self) -> None:
        path = self.root / "content" / "images" / f"{self.chance.randrange(3)}.png"
        if path.exists() and self.chance.random() < 0.5:
            path.unlink()
        else:
            put(path, str(self.chance.random()))

    def template(self) -> None:
        path = self.chance.choice(sorted((self.root / "theme" / "templates").glob("*.html")))
        put(path, path.read_text("utf-8").replace("</a>", "</a> ", 1) + f"{{# {self.chance.random()} #}}")

    def css(self) -> None:
        put(self.root / "theme" / "static" / "css" / self.chance.choice(["a.css", "b.css"]), str(self.chance.random()))

    def setting(self) -> None:
        name, values = self.chance.choice(
            [
                ("SITENAME", ["Site", "Other"]),
                ("DEFAULT_PAGINATION", [2, 3]),
                ("FEED_MAX_ITEMS", [2, 50]),
                ("YEAR_ARCHIVE_SAVE_AS", ["", "{date:%Y}/index.html"]),
                ("CATEGORY_SAVE_AS", ["category/{slug}.html", "section/{slug}.html"]),
            ]
        )
        self.settings[name] = self.chance.choice(values)

    def upgrade(self) -> None:
        self.version += 1
        put(self.root / "plugins" / "motto_plugin.py", PLUGIN.replace("{version}", str(self.version)))

    def remember_nothing(self) -> None:
        shutil.rmtree(self.root / ".backfile", ignore_errors=True)

    def damage_state(self) -> None:
        for path in self.root.glob(".backfile/output/st*"):
            data = bytearray(path.read_bytes())
            data[self.chance.randrange(len(data))] ^= 1 << self.chance.randrange(8)
            path.write_bytes(bytes(data))

    def damage_output(self) -> None:
        files = sorted(path for path in (self.root / "output").rglob("*") if path.is_file())
        if files:
            path = self.chance.choice(files)
            path.unlink() if self.chance.random() < 0.5 else path.write_bytes(b"x")

    def change(self) -> str:
        """One random change; its name."""
        common = [self.add, self.edit, self.retitle, self.redate, self.retag, self.section, self.delete, self.rename]
        rare = [self.status, self.translate, self.twin, self.broken, self.swap, self.touch, self.about, self.image]
        whole = [self.template, self.css, self.setting, self.upgrade, self.damage_state, self.damage_output]
        done: Callable[[], None] = self.chance.choice(self.chance.choice([common, common, rare, whole]))
        done()
        return done.__name__

    # --- building ---

    def build(self, output: str = "output", *, kill_at: int = 0, workers: int = 1, more: Any = None) -> int:
        """Builds in a process of its own; its exit status. `kill_at`: killed at that replacement of a file."""
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            status = 70
            try:
                self._build(self.root / output, kill_at, workers, more or {})
                status = 0
            except BaseException:  # the parent is told by the status, and what was said is in the log
                (self.root / "log.txt").write_text(traceback.format_exc(), "utf-8")
            finally:
                os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in (0, -signal.SIGKILL), (self.root / "log.txt").read_text("utf-8")
        return status

    def _build(self, output: Path, kill_at: int, workers: int, more: dict[str, Any]) -> None:
        if workers > 1:
            render.WORTH_A_FORK = 2
            store.MANY = inquiry.MANY = 0
        if kill_at:
            _kill_at(kill_at)
        changed = {
            "PATH": str(self.root / "content"),
            "OUTPUT_PATH": str(output),
            "THEME": str(self.root / "theme"),
            "PLUGIN_PATHS": [str(ROOT / "plugins"), str(self.root / "plugins")],
            "BACKFILE_WORKERS": workers,
            **self.settings,
            **more,
        }
        Pelican(read_settings(str(ROOT / "pelicanconf.py"), override=changed)).run()

    def clean(self, *, look: Callable[[Path], Any] | None = None, **options: Any) -> Any:
        """The tree that a build in an empty folder gives, or what `look` sees of it."""
        # The output folder's name is part of the settings: it must be the same for both.
        aside = self.root / "aside"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        for name in ("output", ".backfile"):
            if (self.root / name).exists():
                (self.root / name).rename(aside / name)
        self.build(**options)
        result = look(self.root) if look else tree(self.root / "output")
        for name in ("output", ".backfile"):
            shutil.rmtree(self.root / name, ignore_errors=True)
            if (aside / name).exists():
                (aside / name).rename(self.root / name)
        return result


def _kill_at(number: int) -> None:
    """Has the build killed just before, or just after, it or a worker of it puts a file in its place."""
    replace, left, build = os.replace, [number], os.getpid()

    def replaced(*paths: Any) -> None:
        left[0] -= 1
        if left[0] == 0 and number % 2:
            os.kill(build, signal.SIGKILL)
        replace(*paths)
        if left[0] == 0:
            os.kill(build, signal.SIGKILL)

    os.replace = replaced


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def tree(root: Path) -> dict[str, bytes | None]:
    """Every file with its bytes, every folder with None."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None for path in root.rglob("*")
    }


def small_world(root: Path) -> World:
    """A site of twelve articles, always the same."""
    world = World(root, random.Random(3))
    for _ in range(12):
        put(root / "content" / f"n{world.number}.md", world.text(Status="published", Category="Town"))
    return world


def stamps(world: World) -> dict[Path, int]:
    """When each file of the output was last written."""
    return {path: path.stat().st_mtime_ns for path in (world.root / "output").rglob("*") if path.is_file()}
