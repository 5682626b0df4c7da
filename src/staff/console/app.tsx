// The frame of the console: colours, language, and the door.
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { faultOf, get, onSignedOut, setToken } from './api/client.js';
import type { Fault } from './api/client.js';
import type { Charity, Me, SessionAnswer } from './api/types.js';
import { Loading, Problem } from './parts/states.js';
import { Shell } from './screens/shell.js';
import { SignIn } from './screens/sign-in.js';
import { LiveProvider } from './state/live.js';
import { NowProvider } from './state/now.js';
import { PeopleProvider } from './state/people.js';
import { SessionContext } from './state/session.js';
import type { Session } from './state/session.js';
import { colourScheme, theme, variables } from './theme.js';
import { LanguageProvider } from './words/language.js';

/** The server writes a new nonce into every page; what Mantine and its scroll lock write at run time carries it. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
Object.assign(globalThis, { __webpack_nonce__: nonce });

export function App() {
  return (
    <LanguageProvider>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={variables}
        colorSchemeManager={colourScheme}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        {/* On top: at the bottom of a phone stands the answer box. */}
        <Notifications position="top-center" limit={3} />
        <NowProvider>
          <Door />
        </NowProvider>
      </MantineProvider>
    </LanguageProvider>
  );
}

/** Sign-in for whoever is not signed in, the console for whoever is. */
function Door() {
  const [answer, setAnswer] = useState<SessionAnswer | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const load = useCallback(() => {
    setFault(null);
    get<SessionAnswer>('/session').then(setAnswer, (error: unknown) => setFault(faultOf(error)));
  }, []);
  useEffect(load, [load]);
  const leave = useCallback(() => setAnswer((old) => (old === null ? null : { ...old, me: null })), []);
  const enter = useCallback((me: Me) => setAnswer((old) => (old === null ? null : { ...old, me })), []);
  useEffect(() => onSignedOut(leave), [leave]);
  if (fault !== null) return <Problem fault={fault} retry={load} />;
  if (answer === null) return <Loading />;
  if (answer.me === null) return <SignIn charity={answer.charity} enter={enter} />;
  return <Inside charity={answer.charity} me={answer.me} enter={enter} leave={leave} />;
}

function Inside({
  charity,
  me,
  enter,
  leave,
}: {
  charity: Charity;
  me: Me;
  enter: (me: Me) => void;
  leave: () => void;
}) {
  const session = useMemo<Session>(() => {
    setToken(me.token);
    return { charity, me, drafts: new Map(), enter, leave };
  }, [charity, me, enter, leave]);
  return (
    <SessionContext value={session}>
      <LiveProvider key={me.id}>
        <PeopleProvider>
          <Shell />
        </PeopleProvider>
      </LiveProvider>
    </SessionContext>
  );
}
