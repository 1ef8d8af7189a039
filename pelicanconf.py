"""Settings for building the archive: `pelican content`. All of them are explained in docs/settings.md."""

SITENAME = "The Marrowick Packet"
SITESUBTITLE = "The archive of a local paper, 2006–2014"
# Where the archive will stand. Pages never use it (see RELATIVE_URLS); feeds must.
SITEURL = "https://marrowick-packet.example"
DEFAULT_LANG = "en"
# Pelican's own names of months are the same on every machine; the theme has those of DEFAULT_LANG.
LOCALE = ["C.UTF-8", "en_US.UTF-8", "C"]
TIMEZONE = "UTC"

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["backfile.comments", "backfile.browse", "backfile.build", "backfile.search"]

# Every link is relative: the archive opens from a web host, a folder or a USB stick alike.
RELATIVE_URLS = True
# Titles and names are strangers' text: templates escape everything that is not marked safe.
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
}
TYPOGRIFY = False

ARTICLE_PATHS = [""]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images", "sources"]
USE_FOLDER_AS_CATEGORY = False
DEFAULT_CATEGORY = "No section"
DEFAULT_PAGINATION = 20
# Pelican's own pattern makes page 2 of author-1 overwrite author-12.
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}{extension}", "{base_name}/page/{number}{extension}"),
)
FILENAME_METADATA = ""

YEAR_ARCHIVE_SAVE_AS = "{date:%Y}/index.html"
YEAR_ARCHIVE_URL = "{date:%Y}/index.html"
MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/index.html"
MONTH_ARCHIVE_URL = "{date:%Y}/{date:%m}/index.html"

DIRECT_TEMPLATES = ["index", "archives", "authors", "categories", "tags", "undated", "search"]
PAGINATED_TEMPLATES = {"index": None, "author": None, "category": None, "tag": None, "commenter": 100}

FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 50

LOAD_CONTENT_CACHE = False
CACHE_CONTENT = False
