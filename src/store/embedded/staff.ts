/** Staff accounts, their sessions, and the audit of what they did and saw. */
import { chainHash, firstBrokenLink } from '../audit-chain.js';
import type { AuditEntry, StaffStore } from '../contract.js';
import type { Access } from './access.js';
import type { Database } from './database.js';
import { audit, staff as shape, staffLinks, staffSessions } from './rows.js';

export function staff(access: Access): StaffStore {
  return { ...accounts(access), ...sessions(access), ...trail(access), ...links(access) };
}

function accounts({
  read,
  write,
}: Access): Pick<StaffStore, 'add' | 'byLogin' | 'byId' | 'all' | 'setPassword' | 'setDisabled'> {
  const where = (column: string, value: string) =>
    read((database) => {
      const row = database.get(`${shape.select} WHERE ${column} = ?`, [value]);
      return row ? shape.as(row) : null;
    });
  const set = (column: string, id: string, value: string | number | null) =>
    write((database) => {
      database.run(`UPDATE staff SET ${column} = ? WHERE id = ?`, [value, id]);
    });
  return {
    add: (row) => write((database) => database.insertNew('staff', shape.columns, row)),
    byLogin: (login) => where('login', login),
    byId: (id) => where('id', id),
    all: () => read((database) => database.all(`${shape.select} ORDER BY createdAt, id`).map(shape.as)),
    setPassword: (id, password) => set('password', id, password),
    setDisabled: (id, at) => set('disabledAt', id, at),
  };
}

function sessions({
  read,
  write,
}: Access): Pick<StaffStore, 'addSession' | 'session' | 'endSession' | 'endSessionsOf'> {
  const end = (column: string, value: string) =>
    write((database) => {
      database.run(`DELETE FROM staff_sessions WHERE ${column} = ?`, [value]);
    });
  return {
    addSession: (session) =>
      write((database) => {
        database.run('DELETE FROM staff_sessions WHERE tokenHash = ?', [session.tokenHash]);
        database.insert('staff_sessions', staffSessions.columns, session);
      }),
    session: (tokenHash, now) =>
      read((database) => {
        const row = database.get(`${staffSessions.select} WHERE tokenHash = ? AND expiresAt > ?`, [tokenHash, now]);
        return row ? staffSessions.as(row) : null;
      }),
    endSession: (tokenHash) => end('tokenHash', tokenHash),
    endSessionsOf: (id) => end('staff', id),
  };
}

function trail({ read, write }: Access): Pick<StaffStore, 'audit' | 'auditTrail' | 'verifyAudit'> {
  return {
    audit: (entry) => write((database) => append(database, entry)),
    auditTrail: ({ subject = null, limit }) =>
      read((database) =>
        database
          .all(`${audit.select} WHERE :subject IS NULL OR subject = :subject ORDER BY n DESC LIMIT :limit`, {
            subject,
            limit,
          })
          .map(audit.as),
      ),
    verifyAudit: () => read((database) => firstBrokenLink(database.all(`${audit.select} ORDER BY n`).map(audit.as))),
  };
}

function links({ read, write }: Access): Pick<StaffStore, 'link' | 'linked' | 'linksOf' | 'unlink'> {
  return {
    link: (link) =>
      write((database) => {
        database.run('DELETE FROM staff_links WHERE "key" = ?', [link.key]);
        database.insert('staff_links', staffLinks.columns, link);
      }),
    linked: (key) =>
      read((database) => {
        const row = database.get(`${staffLinks.select} WHERE "key" = ?`, [key]);
        return row ? staffLinks.as(row) : null;
      }),
    linksOf: (id) =>
      read((database) => database.all(`${staffLinks.select} WHERE staff = ? ORDER BY at`, [id]).map(staffLinks.as)),
    unlink: (id, channel) =>
      write((database) => {
        database.run('DELETE FROM staff_links WHERE staff = ? AND channel = ?', [id, channel]);
      }),
  };
}

function append(database: Database, entry: Omit<AuditEntry, 'hash'>): void {
  const before = database.get('SELECT hash FROM audit ORDER BY n DESC LIMIT 1');
  const hash = chainHash(before ? String(before['hash']) : null, entry);
  database.insert('audit', audit.columns, { ...entry, hash });
}
