// Builds the staff console into dist/public/staff; its texts come from flows/texts, its flow titles from flows.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { parse } from 'yaml';

const root = import.meta.dirname;
/** The keys of flows/texts that the console shows: its own, kinds of cases, and the statuses with what a person is told of them. */
const shown = /^(edge\..+|console\..+|case\.kind\..+|status\.(other\.)?\w+\.(name|notice))$/;

export default defineConfig({
  root: join(root, 'src/staff/console'),
  base: '/staff/',
  plugins: [react(), words()],
  // The server puts a fresh nonce in its place for each page: what Mantine writes at run time carries it.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: join(root, 'dist/public/staff'),
    emptyOutDir: true,
    // The content policy knows no data: fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
});

/** `virtual:words`: texts by language, and titles of flows. */
function words(): Plugin {
  const name = 'virtual:words';
  return {
    name: 'words',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => {
      if (id !== `\0${name}`) return null;
      const texts = Object.fromEntries(['ar', 'en'].map((language) => [language, textsOf(language)]));
      return `export const texts = ${JSON.stringify(texts)};\nexport const titles = ${JSON.stringify(titlesOfFlows())};`;
    },
  };
}

function textsOf(language: string): Record<string, string> {
  const all = parse(readFileSync(join(root, 'flows/texts', `${language}.yaml`), 'utf8')) as Record<string, string>;
  return Object.fromEntries(Object.entries(all).filter(([key]) => shown.test(key)));
}

function titlesOfFlows(): Record<string, Record<string, string>> {
  const files = readdirSync(join(root, 'flows')).filter((name) => name.endsWith('.yaml'));
  const flows = files.map((name) => parse(readFileSync(join(root, 'flows', name), 'utf8')) as Partial<FlowHead>);
  return Object.fromEntries(flows.flatMap(({ flow, title }) => (flow && title ? [[flow, title]] : [])));
}

interface FlowHead {
  flow: string;
  title: Record<string, string>;
}
