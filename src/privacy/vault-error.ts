/** The closed list of what can go wrong when sealed data are opened. */

export type VaultErrorCode = 'erased' | 'wrong_key' | 'tampered' | 'newer';

const CURES: Readonly<Record<VaultErrorCode, string>> = {
  erased: 'The key of these data was destroyed: they cannot be read again.',
  wrong_key:
    'ENCRYPTION_KEY is not the key that these data were sealed with. Put the former key back, or add it after a comma while rotating.',
  tampered: 'Sealed data were changed, cut or moved. Restore them from a back-up.',
  newer: 'The data were sealed by a newer program. Start the newer program.',
};

export class VaultError extends Error {
  constructor(readonly code: VaultErrorCode) {
    super(CURES[code]);
    this.name = 'VaultError';
  }
}
