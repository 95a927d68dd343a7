# Sourced by run.sh and test.sh: installs what packages.txt lists in the given sections and this machine lacks.
install_missing() {
  local missing
  missing=$(awk -v wanted=" $* " '
    /^#/ || /^$/ { next }
    /^\[/ { section = substr($0, 2, length($0) - 2); next }
    index(wanted, " " section " ") { print }' packages.txt |
    while read -r package; do
      dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"
    done)
  [ -n "$missing" ] || return 0
  local sudo=
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      echo "these packages are missing, and neither root nor sudo is here to install them:" $missing >&2
      return 1
    }
    sudo=sudo
  fi
  echo "installing:" $missing >&2
  $sudo apt-get update -qq >&2 &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
}
