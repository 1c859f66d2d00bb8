#!/bin/sh
# Installs the system packages that are missing, in one step, where that is allowed; else names them and stops.
# macOS and Windows need none: their wheels carry everything.
set -eu
[ "$(uname -s)" = Linux ] || exit 0

libraries='
libEGL.so.1              libegl1
libGL.so.1               libgl1
libX11.so.6              libx11-6
libdbus-1.so.3           libdbus-1-3
libfontconfig.so.1       libfontconfig1
libglib-2.0.so.0         libglib2.0-0
libxcb-cursor.so.0       libxcb-cursor0
libxcb-icccm.so.4        libxcb-icccm4
libxcb-image.so.0        libxcb-image0
libxcb-keysyms.so.1      libxcb-keysyms1
libxcb-render-util.so.0  libxcb-render-util0
libxcb-shape.so.0        libxcb-shape0
libxkbcommon-x11.so.0    libxkbcommon-x11-0
libxkbcommon.so.0        libxkbcommon0
'

has_inter() {
    find /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.local/share/fonts" "${HOME:-/}/.fonts" \
        -iname 'inter*.?t?' 2>/dev/null | grep -q .
}

known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
missing=$(echo "$libraries" | while read -r library package; do
    [ -z "$library" ] || case "$known" in *"$library "*) ;; *) echo "$package" ;; esac
done)
sh "$(dirname "$0")/python.sh" >/dev/null || missing="$missing python3 python3-venv"
command -v make >/dev/null || missing="$missing make"
command -v git >/dev/null || missing="$missing git"
command -v Xvfb >/dev/null || missing="$missing xvfb"
has_inter || missing="$missing fonts-inter"
missing=$(echo $missing)
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Please install what this system calls these Debian packages, then try again: $missing" >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root=sudo
else
    echo "Please have these packages installed, then try again: sudo apt-get install $missing" >&2
    exit 1
fi
echo "Installing system packages: $missing"
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
