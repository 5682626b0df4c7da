// The conversation page: head, log, field.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Composer } from './composer.js';
import { speaker } from './config.js';
import { Header } from './header.js';
import { Icon } from './icons.js';
import { Log } from './log.js';
import { useStore } from './store.js';

export function App(): JSX.Element {
  const state = useStore();
  const say = useMemo(() => speaker(state.language), [state.language]);
  return (
    <main class="page">
      <Header state={state} say={say} />
      {state.line === 'offline' && (
        <div class="banner" role="status">
          <Icon name="offline" />
          {say('offline')}
        </div>
      )}
      <Log state={state} say={say} />
      {state.notice !== null && (
        <p class="notice" role="status">
          {say(`notice.${state.notice}`)}
        </p>
      )}
      <Composer state={state} say={say} />
    </main>
  );
}
