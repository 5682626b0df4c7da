#!/bin/sh
# Starts by hand what docker-compose.yml starts: two processes that take in, two that work, and a balancer in front,
# over the MongoDB and the Redis of MONGODB_URL and REDIS_URL.
#
#   scripts/stack.sh start | stop | status | logs [NAME]
#
# STACK_DIR (data/stack) holds data, secrets, logs and process ids; STACK_PORT (3000) is where people come in.
set -eu
cd "$(dirname "$0")/.."

dir=${STACK_DIR:-data/stack}
port=${STACK_PORT:-3000}
mongo=${MONGODB_URL:-mongodb://127.0.0.1:27017/sila?replicaSet=rs0}
redis=${REDIS_URL:-redis://127.0.0.1:6379}
names="web1 web2 worker1 worker2"

# A secret of its own, made once and kept: secret NAME COMMAND…
secret() {
  file="$dir/secrets/$1"
  shift
  [ -s "$file" ] || (umask 077 && "$@" >"$file")
}

# run NAME COMMAND…
run() {
  name=$1
  shift
  nohup "$@" >>"$dir/logs/$name.log" 2>&1 &
  echo $! >"$dir/pids/$name"
}

alive() {
  [ -s "$dir/pids/$1" ] && kill -0 "$(cat "$dir/pids/$1")" 2>/dev/null
}

start() {
  node scripts/build.mjs
  mkdir -p "$dir/secrets" "$dir/logs" "$dir/pids"
  secret encryption_key openssl rand -base64 32
  secret staff_admin_password openssl rand -base64 18
  ports=""
  next=$port
  for name in $names; do
    next=$((next + 1))
    ports="$ports $next"
    if alive "$name"; then
      echo "$name runs already"
      continue
    fi
    MONGODB_URL=$mongo REDIS_URL=$redis ROLE=${name%[0-9]} HOST=127.0.0.1 PORT=$next DATA_DIR=$dir/$name TRUST_PROXY=1 \
      PUBLIC_URL=${PUBLIC_URL:-http://127.0.0.1:$port} ENCRYPTION_KEY_FILE=$dir/secrets/encryption_key \
      STAFF_ADMIN_PASSWORD_FILE=$dir/secrets/staff_admin_password run "$name" node dist/src/main.js
  done
  # shellcheck disable=SC2086
  set -- $ports
  alive balancer || run balancer node dist/scripts/balance.js "$port" "$1" "$2"
  for each in $ports $port; do wait_for "$each"; done
  status
  echo "Conversation: http://127.0.0.1:$port/chat   Staff console: http://127.0.0.1:$port/staff (admin, password in $dir/secrets/staff_admin_password)"
}

wait_for() {
  tries=0
  until curl -sf "http://127.0.0.1:$1/readyz" >/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -ge 120 ]; then
      echo "Nothing that is ready answers on port $1: scripts/stack.sh logs" >&2
      exit 1
    fi
    sleep 0.5
  done
}

# All at once, and then waits for each: a process ends within ten seconds by itself.
stop() {
  for name in balancer $names; do alive "$name" && kill "$(cat "$dir/pids/$name")"; done
  for name in balancer $names; do
    while alive "$name"; do sleep 0.2; done
    rm -f "$dir/pids/$name"
  done
}

status() {
  for name in balancer $names; do
    if alive "$name"; then echo "$name runs ($(cat "$dir/pids/$name"))"; else echo "$name does not run"; fi
  done
}

logs() {
  if [ $# -gt 0 ]; then tail -n 100 -f "$dir/logs/$1.log"; else tail -n 20 "$dir"/logs/*.log; fi
}

case ${1:-} in
  start | stop | status) "$1" ;;
  logs) shift && logs "$@" ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0" && exit 2 ;;
esac
