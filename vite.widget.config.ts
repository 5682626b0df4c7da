// Builds the launcher (widget.js), the conversation page and the demo page into dist/public/widget.
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'channels/website/widget',
  base: '/chat/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../../dist/public/widget',
    emptyOutDir: true,
    target: ['es2021', 'safari15', 'chrome91', 'firefox91'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        chat: 'channels/website/widget/chat.html',
        demo: 'channels/website/widget/demo.html',
        widget: 'channels/website/widget/launcher.ts',
      },
      output: {
        // The launcher runs on other people's pages as a plain script: nothing of it may become a global.
        banner: ({ name }) => (name === 'widget' ? '(() => {' : ''),
        footer: ({ name }) => (name === 'widget' ? '})();' : ''),
        // Other sites load the launcher by this name; everything else carries the hash of its content.
        entryFileNames: ({ name }) => (name === 'widget' ? 'widget.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
});
