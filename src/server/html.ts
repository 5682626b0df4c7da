// Fills built HTML pages with texts, safely.

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => entities[c] ?? c);
}

/**
 * Replaces `{{name}}` by escaped values, in text and in quoted attributes. `config` is JSON for a data block:
 * there only `<` could end the block, so it alone is escaped.
 */
export function fill(page: string, values: Readonly<Record<string, string>>): string {
  return page.replace(/\{\{([\w.-]+)\}\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return name === 'config' ? value.replaceAll('<', '\\u003c') : escapeHtml(value);
  });
}
