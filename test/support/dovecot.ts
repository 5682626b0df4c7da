// Debian's Dovecot on a free port of this machine, with a mailbox in a folder of its own; absent, the tests that need it are skipped and say so.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DOVECOT } from '../../scripts/servers.js';
import { freePort } from './fake-server.js';

const PROGRAM = '/usr/sbin/dovecot';
export const hasDovecot = existsSync(PROGRAM);
if (process.env['REQUIRE_SERVERS'] === '1' && !hasDovecot)
  throw new Error('No Dovecot: apt-get install dovecot-imapd.');

export interface Dovecot {
  /** Of the mailbox, for IMAP_URL. */
  url: string;
  /** Puts a letter into the mailbox as a mail server does, `daysAgo`; returns how it is called there. */
  deliver: (letter: Buffer, daysAgo?: number) => string;
  /** Whether a letter was marked by a reader (as taken, or as answered). */
  isMarked: (name: string) => boolean;
  /** Of a letter, as Maildir writes them: letters behind `:2,`. */
  flagsOf: (name: string) => string;
  /** As after a restored back-up: every letter under a new UID and UIDVALIDITY, none with a flag. While nobody is connected. */
  renumber: () => void;
  /** Stops and starts it; whoever is connected is thrown out. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

/** `password` and user are sila and p@ss. */
export async function startDovecot(): Promise<Dovecot> {
  const dir = mkdtempSync(join(tmpdir(), 'sila-imap-'));
  const port = await freePort();
  const owner = ownerOf();
  const box = join(dir, 'mail/sila');
  for (const folder of ['', '/cur', '/new', '/tmp']) mkdirSync(`${box}${folder}`, { recursive: true });
  for (const folder of [join(dir, 'mail'), box, ...['cur', 'new', 'tmp'].map((one) => join(box, one))])
    chownSync(folder, owner.uid, owner.gid);
  // Its processes run under other accounts when it is started by root.
  chmodSync(dir, 0o755);
  writeFileSync(join(dir, 'dovecot.conf'), configuration(dir, port, owner));
  let running = await run(dir, port);
  let delivered = 0;
  // Many letters are waited for at once: the folder is read once for all of them.
  let listed = { at: -1, flags: new Map<string, string>() };
  const list = () => {
    if (performance.now() - listed.at > 20) {
      const files = readdirSync(join(box, 'cur')).map((file) => file.split(':2,'));
      listed = { at: performance.now(), flags: new Map(files.map(([name = '', flags = '']) => [name, flags])) };
    }
    return listed.flags;
  };
  const flagsOf = (name: string) => list().get(name) ?? '';
  return {
    url: `imap://sila:p%40ss@127.0.0.1:${port}`,
    deliver: (letter, daysAgo = 0) => {
      // In the order of their names they get their UIDs.
      const name = `${Math.floor(Date.now() / 1000)}.M${String(++delivered).padStart(6, '0')}.test`;
      const written = join(box, 'tmp', name);
      writeFileSync(written, letter);
      chownSync(written, owner.uid, owner.gid);
      const at = Date.now() / 1000 - daysAgo * 86_400;
      utimesSync(written, at, at);
      renameSync(written, join(box, 'new', name));
      return name;
    },
    flagsOf,
    isMarked: (name) => /[a-zR]/.test(flagsOf(name)),
    renumber: () => {
      const list = join(box, 'dovecot-uidlist');
      const [head = ''] = readFileSync(list, 'utf8').split('\n');
      for (const file of readdirSync(box)) if (file.startsWith('dovecot')) rmSync(join(box, file));
      for (const file of readdirSync(join(box, 'cur')))
        renameSync(join(box, 'cur', file), join(box, 'new', file.split(':')[0] ?? file));
      // A UIDVALIDITY is a time in seconds: another one, also within the same second. It counts from 1 again.
      const next = head.replace(/V(\d+) N\d+/, (_, validity: string) => `V${Number(validity) + 1} N1`);
      writeFileSync(list, `${next}\n`);
      chownSync(list, owner.uid, owner.gid);
    },
    restart: async () => {
      await running();
      running = await run(dir, port);
    },
    stop: async () => {
      await running();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Resolves with what stops it, when it answers. */
async function run(dir: string, port: number): Promise<() => Promise<void>> {
  const server = spawn(DOVECOT, ['-F', '-c', join(dir, 'dovecot.conf')], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  while (!(await greets(port))) {
    if (server.exitCode !== null) throw new Error(`dovecot did not start: ${readFileSync(join(dir, 'log'), 'utf8')}`);
    await pause(20);
  }
  return async () => {
    server.kill('SIGTERM');
    await ended;
  };
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (found: boolean) => {
      socket.destroy();
      resolve(found);
    };
    socket.once('data', (greeting) => end(greeting.toString().startsWith('* OK')));
    socket.once('error', () => end(false));
  });
}

interface Owner {
  uid: number;
  gid: number;
  user: string;
  login: string;
}

/** Dovecot refuses to serve mail as root, and its logins need an account of their own; both come with its package. */
function ownerOf(): Owner {
  const { uid, gid, username } = userInfo();
  if (uid !== 0) return { uid, gid, user: username, login: username };
  const [, , mailUid, mailGid] = /^dovecot:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0].split(':') ?? [];
  return { uid: Number(mailUid), gid: Number(mailGid), user: 'dovecot', login: 'dovenull' };
}

function configuration(dir: string, port: number, { uid, gid, user, login }: Owner): string {
  return `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = ${user}
default_internal_group = ${gidName(gid)}
default_login_user = ${login}
first_valid_uid = 0
mail_location = maildir:${dir}/mail/%u
mail_max_userip_connections = 50
passdb {
  driver = static
  args = password=p@ss
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${dir}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
`;
}

function gidName(gid: number): string {
  const line = readFileSync('/etc/group', 'utf8')
    .split('\n')
    .find((one) => one.split(':')[2] === String(gid));
  return line?.split(':')[0] ?? 'nogroup';
}
