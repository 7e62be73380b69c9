# shellcheck shell=bash disable=SC2034 # the scripts use what is set here
# Where things are on a plain machine, and the steps that install, configure, update and health-check share. Sourced, never run.
set -euo pipefail

RELEASES=/opt/steward/releases
CURRENT=/opt/steward/current
PREVIOUS=/opt/steward/previous
SETTINGS=/etc/steward
DATA=/var/lib/steward
ACCOUNT=steward
# How long a started Steward may take until it is ready, migrations included.
HEALTH_SECONDS=${HEALTH_SECONDS:-120}
# The same for one that comes back after a failed update: it was ready before, so it gets the time it needs.
RETURN_SECONDS=180

say() { printf '==> %s\n' "$*"; }
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

need_root() { [[ $(id -u) == 0 ]] || die "run as root: sudo $0"; }

# One of these scripts at a time.
take_lock() {
  exec 9>/run/steward-installation.lock
  flock --nonblock 9 || die "another install, configure or update is running"
}

# Whether systemd runs this machine: elsewhere (a container, a chroot) everything is put in place and nothing started.
has_systemd() { [[ -d /run/systemd/system ]] && command -v systemctl >/dev/null; }

# Runs a command of Steward from a release, as its user, with the settings of the installation.
as_steward() { # RELEASE COMMAND...
  local release=$1
  shift
  (cd "$SETTINGS" && exec runuser -u "$ACCOUNT" -- env NODE_ENV=production STEWARD_DATA_DIR="$DATA" \
    "$release/bin/node" "$release/dist/main.js" "$@")
}

is_configured() { [[ -s $SETTINGS/.env || -s $SETTINGS/.env.production ]]; }

# A folder with a release: FILE is one, or an archive of one, unpacked into a temporary folder that SCRATCH names.
open_release() { # FILE
  local file=$1
  if [[ -f $file ]]; then
    SCRATCH=$(mktemp -d)
    trap 'rm -rf "$SCRATCH"' EXIT
    tar --extract --file "$file" --directory "$SCRATCH" --no-same-owner || die "$file is no archive"
    file=$(find "$SCRATCH" -maxdepth 2 -name package.json -printf '%h\n' -quit)
  fi
  for part in bin/node dist/main.js package.json prisma/migrations deploy/systemd/steward.service; do
    [[ -e $file/$part ]] || die "$1 is no release for a plain machine (it lacks $part): make one by \`npm run release -- FOLDER --machine\`"
  done
  "$file/bin/node" --version >/dev/null 2>&1 || die "the Node of $1 does not run here: is it for another processor?"
  OPENED=$file
}

# Puts a release beside the others, named by its version and content, whole or not at all. PLACED is its name there.
place_release() { # FOLDER
  local version sum
  version=$("$1/bin/node" -p 'require(process.argv[1]).version' "$(realpath "$1")/package.json")
  sum=$(cd "$1" && find . -type f ! -path './node_modules/.cache/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-8)
  PLACED=$version-$sum
  install --directory --mode=0755 /opt/steward "$RELEASES"
  if [[ ! -d $RELEASES/$PLACED ]]; then
    local draft=$RELEASES/.draft
    rm -rf "$draft"
    cp --recursive --no-dereference --preserve=mode,timestamps,links "$1" "$draft"
    chown -R root:root "$draft"
    chmod -R u+rwX,go+rX,go-w "$draft"
    mv --no-target-directory "$draft" "$RELEASES/$PLACED"
  fi
}

# The name of the release a link names; empty when there is none.
release_of() { # LINK
  [[ ! -L $1 ]] || basename "$(readlink "$1")"
}

# Replaces a link in one step: whoever looks sees the old release or the new one.
point() { # LINK RELEASE
  ln --symbolic --force --no-dereference "$RELEASES/$2" "$1.new"
  mv --no-target-directory "$1.new" "$1"
}

# Makes a placed release the current one: link, unit and command. Starts nothing.
activate() { # RELEASE
  local from=$RELEASES/$1/deploy/systemd
  point "$CURRENT" "$1"
  install -D --mode=0644 "$from/steward.service" /etc/systemd/system/steward.service
  install -D --mode=0755 "$from/steward" /usr/local/bin/steward
  ! has_systemd || systemctl daemon-reload
}

# Waits until Steward is ready; says what it last answered when it is not.
wait_healthy() { # SECONDS
  local until=$((SECONDS + $1)) said=''
  while :; do
    if said=$(as_steward "$CURRENT" health 2>&1); then return 0; fi
    if has_systemd && systemctl is-failed --quiet steward; then
      said='the service ended'
      break
    fi
    ((SECONDS < until)) || break
    sleep 1
  done
  echo "not healthy: $said" >&2
  return 1
}
