// A QR code as one outline: dark modules as squares in a grid with the quiet zone around it (ISO/IEC 18004).
import { create } from 'qrcode';

/** Modules that stay light on every side. */
const QUIET = 4;

export interface QrPath {
  /** Modules on a side, quiet zone included. */
  size: number;
  /** An SVG path over that grid. */
  path: string;
}

/** Level M: a fold or a stain over a seventh of it does no harm. Throws where the text is longer than a code can hold. */
export function qrPath(text: string): QrPath {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const squares: string[] = [];
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column) !== 0) squares.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`);
  return { size: modules.size + 2 * QUIET, path: squares.join('') };
}
