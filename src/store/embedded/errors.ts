/** Turns SQLite's failures into the store's closed list. */
import { StoreError } from '../contract.js';
import type { StoreErrorCode } from '../contract.js';

/** SQLite result codes, https://sqlite.org/rescode.html. The low byte is the primary code. */
const SQLITE = { BUSY: 5, IOERR: 10, CORRUPT: 11, FULL: 13, NOTADB: 26 } as const;
/** A short write (a quota, a file size limit) and a shared-memory file that cannot grow are a full disk by another name. */
const FULL_IOERR = new Set([778, 4874]);
/** fsync of a file, fsync of a directory. */
const SYNC_IOERR = new Set([1034, 1290]);

/** A failure that the store knows as `StoreError`; anything else is returned as the error it was. */
export function storeError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = resultCode(error);
  if (code !== null) return wrap(classOf(code), error);
  return isClosed(error) ? wrap('closed', error) : error;
}

/** The disk refused to sync: what was written may be gone although later syncs succeed, so nothing more may be acknowledged. */
export function isSyncFailure(error: Error): boolean {
  const code = error.cause instanceof Error ? resultCode(error.cause) : null;
  return code !== null && SYNC_IOERR.has(code);
}

/** Another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  const code = error instanceof Error ? resultCode(error) : null;
  return code !== null && (code & 0xff) === SQLITE.BUSY;
}

function classOf(code: number): StoreErrorCode {
  const primary = code & 0xff;
  if (primary === SQLITE.FULL || FULL_IOERR.has(code)) return 'full';
  if (primary === SQLITE.CORRUPT || primary === SQLITE.NOTADB) return 'corrupt';
  return 'failed';
}

function wrap(code: StoreErrorCode, cause: Error): StoreError {
  const wrapped = new StoreError(code, cause.message);
  wrapped.cause = cause;
  return wrapped;
}

function resultCode(error: Error): number | null {
  return 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null;
}

function isClosed(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_INVALID_STATE' && /closed|not open/.test(error.message);
}
