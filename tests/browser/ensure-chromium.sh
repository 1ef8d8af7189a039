#!/bin/sh
# Makes sure that there is a Chromium for the browser tests: one that is named, found, or installed from Debian.
set -eu

if [ -n "${CHROMIUM:-}" ]; then
  [ -x "$CHROMIUM" ] && exit 0
  echo "CHROMIUM is set to '$CHROMIUM', which cannot be run." >&2
  exit 1
fi
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done

echo "The browser tests need Chromium and none is installed."
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Install one and run this again, or name it: CHROMIUM=/path/to/chromium make test" >&2
  exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
  else
    echo "It may not be installed from here without a password. Run this once, then 'make test' again:" >&2
    echo "  sudo apt-get install chromium" >&2
    exit 1
  fi
fi
echo "Installing Debian's package 'chromium' ..."
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null
command -v chromium
