/** Remembers what a person says in the terminal, in the words of transcripts. */
import type { Option } from '../../src/engine/types.js';

export class Recording {
  private readonly lines: string[] = [];

  constructor(charity: string, language: string) {
    this.lines.push(`# charity: ${charity}`, `# language: ${language}`, '');
  }

  /** A line of the terminal: words, the number of an option, `/file name`, `/later 20h`. */
  line(typed: string, offered: readonly Option[]): void {
    this.lines.push(this.written(typed, offered));
  }

  get text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  private written(typed: string, offered: readonly Option[]): string {
    const later = /^\/later (\d+)([smhd])$/.exec(typed);
    if (later)
      return `~ ${later[2] === 's' ? `${Math.ceil(Number(later[1]) / 60)}m` : `${later[1] ?? ''}${later[2] ?? ''}`}`;
    const file = /^\/file (.+)$/.exec(typed)?.[1];
    if (file !== undefined) return `> (file) ${file}`;
    const option = /^\d+$/.test(typed) ? offered[Number(typed) - 1] : undefined;
    return option ? `> [${option.label}]` : `> ${typed}`;
  }
}
