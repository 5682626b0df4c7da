// Puts up what Messenger shows around a conversation: the button that begins one, and the menu beside the field.
import type { ChannelHost } from '../channel.js';
import type { Graph } from '../common/graph.js';
import { START } from './translate-in.js';

/** Global words that stand in the menu; Messenger shows three. */
const MENU = ['menu', 'person', 'language'] as const;
const AGAIN = 60_000;

/** As often as it takes, for Meta may be away while we start. Returns how to stop trying. */
export function putUpProfile(host: ChannelHost, graph: Graph): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const put = async (): Promise<void> => {
    const answer = await graph.post('me/messenger_profile', profile(host));
    if (answer.ok && answer.status === 200) return;
    host.log('messenger.profile_not_set');
    if (stopped) return;
    timer = setTimeout(() => void put(), AGAIN);
    timer.unref();
  };
  void put();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

function profile(host: Pick<ChannelHost, 'say'>): object {
  const menu = (locale: string, language: string) => ({
    locale,
    composer_input_disabled: false,
    call_to_actions: MENU.map((word) => ({
      type: 'postback',
      title: host.say(`messenger.menu.${word}`, language),
      payload: `!/word/${word}`,
    })),
  });
  return {
    get_started: { payload: START },
    persistent_menu: [menu('default', 'ar'), menu('en_US', 'en'), menu('en_GB', 'en')],
  };
}
