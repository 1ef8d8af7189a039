#!/bin/sh
# Makes sure that there is a browser for the tests: one that is named, found, or installed from Debian.
# usage: ensure-browser.sh VARIABLE PACKAGE [OTHER-NAME ...]   (CHROMIUM chromium chromium-browser google-chrome)
set -eu

variable=$1 package=$2
shift
eval "named=\${$variable:-}"
if [ -n "$named" ]; then
  [ -x "$named" ] && exit 0
  echo "$variable is set to '$named', which cannot be run." >&2
  exit 1
fi
for name in "$@"; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done

echo "The browser tests need $package and none is installed."
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Install one and run this again, or name it: $variable=/path/to/$package make test" >&2
  exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
  else
    echo "It may not be installed from here without a password. Run this once, then 'make test' again:" >&2
    echo "  sudo apt-get install $package" >&2
    exit 1
  fi
fi
echo "Installing Debian's package '$package' ..."
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$package" >/dev/null
command -v "$package"
