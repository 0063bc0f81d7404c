#!/bin/bash
# Installs the portal on Debian 12, or upgrades it: the same command again, from the folder of the newer version.
# What was made once (keys, passwords, settings, certificate) is never made again. docs/administration.md tells the rest.
set -euo pipefail

usage() {
    cat <<'TEXT'
用法（以 root 运行）：
  deploy/install.sh --host 域名 --city-code 编码 --city-name 市总工会名称 \
      --admin 用户名=姓名 --security 用户名=姓名 --security 用户名=姓名
升级（以 root 在新版本的目录里运行）：
  deploy/install.sh
选项：
  --host 域名               用户访问的域名，如 portal.example.org
  --city-code、--city-name  市总工会的编码和名称；或用 --unions 文件.csv 一次载入全部工会（见 docs/administration.md）
  --admin 用户名=姓名       系统管理员，至少一位：管工会、日历、运行；首次密码显示在屏幕上，只显示一次
  --security 用户名=姓名    安全管理员，至少两位：管账号、岗位、重置；与系统管理员不能是同一人
  --certificate 文件、--certificate-key 文件   网站证书（含中间证书）和私钥；不给时先用自签名证书
  --wheels 目录             不连互联网：从这个目录安装 Python 软件包
  --no-packages             不用 apt 安装系统软件包（已自行安装）
  --database 名称           数据库名，默认 portal
  --restore 备份文件夹      数据库是空的时候，从这份备份恢复（换机器、退回原版本时用）
TEXT
}

host='' city_code='' city_name='' unions='' certificate='' certificate_key='' wheels='' packages=yes database=portal restore=''
accounts=() administrators=0 keepers=0  # "role username=name"
while [ $# -gt 0 ]; do
    case $1 in
    --host) host=$2; shift 2 ;;
    --city-code) city_code=$2; shift 2 ;;
    --city-name) city_name=$2; shift 2 ;;
    --unions) unions=$(realpath "$2"); shift 2 ;;
    --admin) accounts+=("admin $2"); administrators=$((administrators + 1)); shift 2 ;;
    --security) accounts+=("security $2"); keepers=$((keepers + 1)); shift 2 ;;
    --certificate) certificate=$(realpath "$2"); shift 2 ;;
    --certificate-key) certificate_key=$(realpath "$2"); shift 2 ;;
    --wheels) wheels=$(realpath "$2"); shift 2 ;;
    --no-packages) packages=no; shift ;;
    --database) database=$2; shift 2 ;;
    --restore) restore=$(realpath "$2"); shift 2 ;;
    --help) usage; exit 0 ;;
    *) echo "不认识的选项：$1" >&2; usage >&2; exit 2 ;;
    esac
done

source_folder=$(realpath "$(dirname "$0")/..")
etc=/etc/portal var=/var/lib/portal opt=/opt/portal backups=/var/backups/portal
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# New: nothing was installed to the end before, and no backup brings unions and accounts along.
new=yes
{ [ ! -e $opt/current ] && [ -z "$restore" ]; } || new=no
cd /
has_systemd() { [ -d /run/systemd/system ]; }
step() { printf '\n=== %s\n' "$*"; }
fail() { echo "没有安装：$*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || fail "请用 root 运行。"
[ -z "$restore" ] || [ -e $etc/keys.env ] || fail "恢复之前请先放好原来的 $etc（密钥在里面）。"
[ -n "$host" ] || [ -e $etc/portal.env ] || { usage >&2; fail "缺少 --host。"; }
if [ $new = yes ]; then
    [[ $host =~ ^[A-Za-z0-9.-]+$ ]] || fail "--host 只写域名，不带 https:// 和端口。"
    [ $administrators -ge 1 ] || fail "请用 --admin 给出至少一位系统管理员。"
    [ $keepers -ge 2 ] || fail "请用 --security 给出至少两位安全管理员：能审批、发放、审核的账号要两个人才能开设。"
    [ -n "$unions" ] || { [ -n "$city_code" ] && [ -n "$city_name" ]; } || fail "缺少 --city-code 和 --city-name，或 --unions。"
fi
[[ $database =~ ^[a-z][a-z0-9_]{0,40}$ ]] || fail "--database 只能用小写字母、数字和下划线。"
for account in "${accounts[@]}"; do
    [[ ${account#* } =~ ^[A-Za-z0-9._-]+=.+$ ]] || fail "--admin 和 --security 应写成 用户名=姓名，用户名用字母和数字：${account#* }"
done

if [ $packages = yes ]; then
    step "系统软件包"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update --quiet --quiet
    apt-get install --yes --quiet --quiet --no-install-recommends postgresql postgresql-client nginx-light age openssl \
        python3-venv tzdata logrotate curl util-linux \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk >/var/log/portal-packages.log 2>&1 ||
        fail "apt 没有成功，见 /var/log/portal-packages.log。"
fi
for program in python3 psql pg_dump nginx age openssl setpriv; do
    command -v $program >/dev/null || fail "没有 $program。"
done
python3 -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || fail "需要 Python 3.11、3.12 或 3.13。"

step "用户和目录"
getent passwd portal >/dev/null || useradd --system --user-group --home-dir $var --shell /usr/sbin/nologin portal
install -d -m 755 $opt $opt/releases
install -d -m 755 -o root -g root $etc
install -d -m 700 -o portal -g portal $var $backups
chown -R portal:portal $backups  # of another machine they may belong to nobody here
install -d -m 750 -o www-data -g adm /var/log/portal

step "程序"
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$source_folder/pyproject.toml")
release=$opt/releases/$version-$(date +%Y%m%d%H%M%S)
mkdir -m 755 "$release"
tar --create --directory "$source_folder" --exclude=./.git --exclude=./.venv --exclude=./var --exclude=./staticfiles \
    --exclude=__pycache__ . |
    tar --extract --no-same-owner --directory "$release"
chmod -R u=rwX,go=rX "$release"
if [ -n "${PORTAL_VENV:-}" ]; then
    ln -s "$PORTAL_VENV" "$release/.venv"
else
    python3 -m venv "$release/.venv"
    offline=()
    [ -z "$wheels" ] || offline=(--no-index --find-links "$wheels")
    "$release/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes \
        "${offline[@]}" --requirement "$release/requirements.lock"
fi
"$release/.venv/bin/python" -m compileall -q "$release/portal" "$release/aid" "$release/employment" "$release/reports"
install -m 755 "$release/deploy/portal-manage" /usr/local/sbin/portal-manage
export PORTAL_RELEASE=$release
echo "$release"

step "密钥、口令和设置（已有的不动）"
# once FILE MODE: the file from standard input, unless it is there.
once() {
    if [ -e "$1" ]; then cat >/dev/null; return; fi
    (umask 077 && cat >"$1.new" && chmod "$2" "$1.new" && mv "$1.new" "$1")
    echo "$1"
}
key() { openssl rand -hex 32; }
once $etc/keys.env 600 <<TEXT
SECRET_KEY=$(key)
FIELD_ENCRYPTION_KEYS=k1:$(key)
BLIND_INDEX_KEY=$(key)
SEAL_KEYS=$(key)
TEXT
if ! grep -q '^SEAL_KEYS=' $etc/keys.env; then  # seals were made with this one before they had their own
    sed -n 's/^BLIND_INDEX_KEY=/SEAL_KEYS=/p' $etc/keys.env >>$etc/keys.env
fi
at=127.0.0.1:${PGPORT:-$(command -v pg_lsclusters >/dev/null && pg_lsclusters --no-header | awk 'END { print $3 }' || echo 5432)}
once $etc/database.env 600 <<<"DATABASE_URL=postgres://${database}_app:$(key)@$at/$database"
once $etc/owner.env 600 <<<"DATABASE_URL=postgres://${database}_owner:$(key)@$at/$database"
once $etc/verification.env 600 <<<"VERIFICATION_DATABASE_URL=postgres://${database}_verify:$(key)@$at/${database}_verify"
once $etc/portal.env 644 <<TEXT
DJANGO_SETTINGS_MODULE=portal.settings.production
ALLOWED_HOSTS=$host
PORTAL_ADDRESS=https://$host
TRUSTED_PROXIES=unix
SECOND_LOCK=true
PORTAL_VAR_DIR=$var
STATIC_ROOT=$opt/current/staticfiles
BACKUP_DIR=$backups
TEXT
once $etc/nginx-forwarded.conf 644 <<<'proxy_set_header X-Forwarded-For $remote_addr;'
if [ ! -e $etc/backup-identity.txt ]; then
    (umask 077 && age-keygen --output $etc/backup-identity.txt 2>/dev/null)
    echo "$etc/backup-identity.txt"
fi
once $etc/backup-recipients.txt 644 <<<"$(age-keygen -y $etc/backup-identity.txt)"
host=${host:-$(sed -n 's/^ALLOWED_HOSTS=\([^,]*\).*/\1/p' $etc/portal.env)}

step "数据库"
has_systemd || service postgresql start >/dev/null 2>&1 || true
password() { sed -n 's#.*://[^:]*:\([^@]*\)@.*#\1#p' "$1"; }
database=$(sed -n 's#.*/\([^/?]*\)$#\1#p' $etc/database.env)
{
    echo "\\set database $database"
    echo "\\set owner_password $(password $etc/owner.env)"
    echo "\\set app_password $(password $etc/database.env)"
    echo "\\set verify_password $(password $etc/verification.env)"
    cat "$release/deploy/postgresql.sql"
} | runuser -u postgres -- psql --no-psqlrc --quiet --port "${at##*:}" --dbname postgres

if [ -n "$restore" ]; then
    step "恢复"
    chown -R portal:portal "$restore"
    portal-manage --owner restore "$restore"
elif [ $new = no ]; then
    step "升级前备份"
    PORTAL_RELEASE=$opt/current portal-manage backup
fi
step "数据库结构"
portal-manage --owner migrate --noinput --verbosity 1 | sed '/^  Applying/!d' | tail -n 3
step "静态文件"
install -d -m 755 -o portal -g portal "$release/staticfiles"
portal-manage collectstatic --noinput --verbosity 0
chmod -R go=rX "$release/staticfiles"

if [ $new = yes ]; then
    step "工会和管理员"
    list=$(mktemp) && chmod 644 "$list"
    if [ -n "$unions" ]; then cat "$unions" >"$list"; else
        printf 'code,name,kind,parent_code\n%s,%s,city,\n' "$city_code" "$city_name" >"$list"
    fi
    portal-manage load_unions "$list"
    [ -n "$city_code" ] || city_code=$(portal-manage shell --verbosity 0 --command \
        'from portal.models import Union; print(Union.objects.get(depth=1).code)')
    rm "$list"
    made=$(portal-manage shell --verbosity 0 --command \
        'from portal.models import User; print(*User.objects.values_list("username", flat=True), sep="\n")')
    for account in "${accounts[@]}"; do
        role=${account%% *} person=${account#* }
        ! grep --quiet --line-regexp --fixed-strings "${person%%=*}" <<<"$made" || continue  # before an interruption
        portal-manage create_account --username "${person%%=*}" --name "${person#*=}" --role "$role" --union "$city_code"
    done
fi

step "服务"
ln -s --no-dereference "$release" $opt/current.new
previous=$(readlink $opt/current || true)
mv --no-target-directory $opt/current.new $opt/current
install -d -m 755 $etc/tls /etc/systemd/journald.conf.d
if [ -n "$certificate" ]; then
    install -m 644 "$certificate" $etc/tls/chain.pem
    install -m 600 "$certificate_key" $etc/tls/key.pem
elif [ ! -e $etc/tls/chain.pem ]; then
    openssl req -x509 -newkey rsa:3072 -sha256 -nodes -days 90 -subj "/CN=$host" -addext "subjectAltName=DNS:$host" \
        -keyout $etc/tls/key.pem -out $etc/tls/chain.pem 2>/dev/null
    chmod 600 $etc/tls/key.pem
    echo "先用了 90 天的自签名证书，请尽快换成正式证书（docs/administration.md）。"
fi
sed -e "s#PORTAL_HOST#$host#" -e "s#PORTAL_CERTIFICATE_CHAIN#$etc/tls/chain.pem#" \
    -e "s#PORTAL_CERTIFICATE_KEY#$etc/tls/key.pem#" "$release/deploy/nginx/portal.conf" >/etc/nginx/conf.d/portal.conf
[ -e /proc/net/if_inet6 ] || sed -i '/listen \[::\]/d' /etc/nginx/conf.d/portal.conf  # IPv6 is switched off
[ ! -L /etc/nginx/sites-enabled/default ] || rm /etc/nginx/sites-enabled/default
nginx -t -q
install -m 644 "$release"/deploy/systemd/portal-* /etc/systemd/system/
install -m 644 "$release/deploy/journald.conf" /etc/systemd/journald.conf.d/portal.conf
install -m 644 "$release/deploy/logrotate.conf" /etc/logrotate.d/portal
units=(portal-web.socket portal-web.service portal-worker@1.service portal-sweep.timer portal-messages.timer portal-backup.timer
    portal-evidence.timer portal-verify.timer)
if has_systemd; then
    systemctl daemon-reload
    systemctl enable --quiet "${units[@]}" nginx
    systemctl start portal-web.socket  # it stays while the web is restarted: who asks then waits instead of failing
    systemctl restart systemd-journald portal-web.service portal-worker@1.service
    systemctl start portal-sweep.timer portal-messages.timer portal-backup.timer portal-evidence.timer portal-verify.timer
    systemctl reload-or-restart nginx
    systemctl start portal-sweep.service portal-backup.service
    systemctl start --no-block portal-evidence.service  # what it finds is told to the auditor
    ready=no
    for _ in $(seq 30); do
        if curl --silent --fail --unix-socket /run/portal/web.sock --header "Host: $host" http://portal/readyz >/dev/null; then
            ready=yes
            break
        fi
        sleep 1
    done
    [ $ready = yes ] || fail "程序没有就绪。请看：journalctl -u portal-web。退回原版本的办法见 docs/administration.md（原版本：${previous:-无}）。"
else
    echo "这里没有运行 systemd（容器或临时目录）：服务文件已放好，没有启动。"
fi

step "检查"
portal-manage check --deploy --database default || true
echo
echo "完成：https://$host/"
if [ $new = yes ]; then
    echo "请现在就把 $etc/keys.env 和 $etc/backup-identity.txt 各打印一份，封存在两处；丢了它们，数据和备份都打不开。"
fi
