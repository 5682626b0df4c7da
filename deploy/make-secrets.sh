#!/bin/sh
# Makes the secrets that docker-compose.yml mounts, once: what is there already is left as it is.
set -eu
umask 077
dir="$(dirname "$0")/secrets"
mkdir -p "$dir"

# The folder keeps others of this host out; the file itself is read by the container's own account.
keep() {
  [ -s "$dir/$1" ] || printf '%s' "$2" > "$dir/$1"
  chmod 444 "$dir/$1"
}

base64_of() { head -c "$1" /dev/urandom | base64 | tr -d '\n'; }
hex_of() { head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }

keep encryption_key "$(base64_of 32)"
keep staff_admin_password "$(base64_of 18)"
keep mongo_root_password "$(hex_of 24)"
keep mongo_password "$(hex_of 24)"
keep mongo_keyfile "$(base64_of 756)"
keep redis_password "$(hex_of 24)"
keep mongodb_url "mongodb://sila:$(cat "$dir/mongo_password")@mongo1,mongo2,mongo3/sila?replicaSet=rs0&authSource=admin"
keep redis_url "redis://:$(cat "$dir/redis_password")@redis:6379"

echo "The secrets stand in $dir. Keep encryption_key somewhere else too: without it nothing can be read."
echo "The first sign-in: admin, with the password in $dir/staff_admin_password."
