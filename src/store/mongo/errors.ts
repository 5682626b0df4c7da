/** Turns the driver's and mongoose's failures into the store's closed list, without the values that their messages quote. */
import mongoose from 'mongoose';
import { StoreError } from '../contract.js';
import type { StoreErrorCode } from '../contract.js';

const { MongoError, MongoNetworkError, MongoServerError, MongoServerSelectionError } = mongoose.mongo;

/** https://www.mongodb.com/docs/manual/reference/error-codes/; Atlas refuses writes over its quota with 8000. */
const CODES: Readonly<Record<number, StoreErrorCode>> = { 14031: 'full', 12501: 'full', 8000: 'full' };
const CORRUPT = new Set(['DataCorruptionDetected', 'ChecksumMismatch']);
const DUPLICATE = 11_000;

/** A failure that the store knows as `StoreError`; anything else is returned as the error it was. */
export function storeError(error: unknown): Error {
  if (error instanceof StoreError) return error;
  if (error instanceof MongoServerError) return new StoreError(codeOf(error), told(error));
  if (error instanceof MongoError) return new StoreError('failed', `${error.name}: ${hostsOnly(error)}`);
  if (error instanceof mongoose.Error.MongooseServerSelectionError) return new StoreError('failed', error.message);
  // Validation, casting, a column that is unknown: their messages quote what was given.
  if (error instanceof mongoose.MongooseError) return new StoreError('failed', `${error.name}${pathsOf(error)}`);
  // A line that broke while it was written to: the driver passes on what the system says.
  if (isSystem(error)) return new StoreError('failed', `The line to MongoDB broke (${error.code}).`);
  return error instanceof Error ? error : new Error(String(error));
}

function isSystem(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code);
}

/** A row that clashes with one that is there. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE;
}

/** The connection broke in the middle: another may be had at once. */
export function isBroken(error: unknown): boolean {
  return error instanceof MongoNetworkError;
}

/** No server was found in the time that is given to finding one. */
export function isAway(error: unknown): boolean {
  return error instanceof MongoServerSelectionError;
}

/** The whole transaction may be tried again: nothing of it stands. */
export function isTransient(error: unknown): boolean {
  return error instanceof MongoError && error.hasErrorLabel('TransientTransactionError');
}

/** Nobody told whether the transaction stands. */
export function isUnknown(error: unknown): boolean {
  return error instanceof MongoError && error.hasErrorLabel('UnknownTransactionCommitResult');
}

type ServerError = InstanceType<typeof MongoServerError>;

function codeOf(error: ServerError): StoreErrorCode {
  if (CORRUPT.has(error.codeName ?? '')) return 'corrupt';
  return CODES[Number(error.code)] ?? 'failed';
}

/** A duplicate's message quotes the key; the name of the index says enough. */
function told(error: ServerError): string {
  const index = /index: (\S+)/.exec(error.message)?.[1];
  return `${error.codeName ?? error.name} (${String(error.code)})${index === undefined ? '' : ` in ${index}`}`;
}

function hostsOnly(error: Error): string {
  return error instanceof MongoNetworkError || error instanceof MongoServerSelectionError ? error.message : '';
}

function pathsOf(error: Error): string {
  const of = 'path' in error ? [error.path] : 'errors' in error ? Object.keys(error.errors ?? {}) : [];
  return of.length === 0 ? '' : ` in ${of.join(', ')}`;
}
