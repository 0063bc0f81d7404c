#!/bin/bash
# Keys, passwords and settings of the portal in containers, made once into deploy/secrets/: secrets.sh HOST
set -euo pipefail
host=${1:?用法：secrets.sh 域名}
cd "$(dirname "$0")"
[ ! -e secrets ] || { echo "secrets/ 已经有了，没有改动。" >&2; exit 1; }
umask 077
mkdir -p secrets/tls
key() { openssl rand -hex 32; }
owner=$(key) app=$(key) verify=$(key)
cat >secrets/keys.env <<TEXT
SECRET_KEY=$(key)
FIELD_ENCRYPTION_KEYS=k1:$(key)
BLIND_INDEX_KEY=$(key)
SEAL_KEYS=$(key)
TEXT
cat >secrets/portal.env <<TEXT
ALLOWED_HOSTS=$host
PORTAL_ADDRESS=https://$host
SECOND_LOCK=true
TEXT
echo "DATABASE_URL=postgres://portal_app:$app@database/portal" >secrets/database.env
echo "DATABASE_URL=postgres://portal_owner:$owner@database/portal" >secrets/owner.env
echo "VERIFICATION_DATABASE_URL=postgres://portal_verify:$verify@database/portal_verify" >secrets/verification.env
echo "POSTGRES_PASSWORD=$(key)" >secrets/postgres.env
printf '\\set database portal\n\\set owner_password %s\n\\set app_password %s\n\\set verify_password %s\n' \
    "$owner" "$app" "$verify" >secrets/variables.sql
age-keygen --output secrets/backup-identity.txt 2>/dev/null
age-keygen -y secrets/backup-identity.txt >secrets/backup-recipients.txt
sed -e "s#PORTAL_HOST#$host#" -e "s#PORTAL_CERTIFICATE_CHAIN#/etc/portal/tls/chain.pem#" \
    -e "s#PORTAL_CERTIFICATE_KEY#/etc/portal/tls/key.pem#" -e "s#server unix:.*#server web:8000 fail_timeout=0;#" \
    -e 's#include /etc/portal/nginx-forwarded.conf;#proxy_set_header X-Forwarded-For $remote_addr;#' \
    -e "s#/var/log/portal/nginx.log#/dev/stdout#" -e "s#/var/log/portal/nginx-error.log#/dev/stderr#" \
    -e '/location \/static\/ {/,/^    }/d' nginx/portal.conf >secrets/nginx.conf
openssl req -x509 -newkey rsa:3072 -sha256 -nodes -days 90 -subj "/CN=$host" -addext "subjectAltName=DNS:$host" \
    -keyout secrets/tls/key.pem -out secrets/tls/chain.pem 2>/dev/null
# Read inside by users that are not this one: the database's, and the portal's (10001).
chmod 644 secrets/backup-recipients.txt secrets/nginx.conf secrets/tls/chain.pem
chown 10001 secrets/backup-identity.txt
chown 999 secrets/variables.sql
chmod 755 secrets secrets/tls
echo "deploy/secrets/ 已生成；请把 keys.env 和 backup-identity.txt 各打印一份，封存在两处。"
