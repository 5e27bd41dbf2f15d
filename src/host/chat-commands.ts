import { arrayAt, stringAt } from '../util/json.ts';
import type { ChatPlaces, Place } from './chat-places.ts';
import type { Command } from './command.ts';

/** The commands that only bring a chat to the front and tell it something. Chats are loaded with the first of them. */
export function chatCommands(places: () => Promise<ChatPlaces>): readonly Command[] {
  /** `{id?}`: that chat, else the one in use. */
  const openAt = (place: Place) => async (argument: unknown) => {
    const chats = await places();
    const session = await chats.open(stringAt(argument, 'id') ?? chats.current.chatId, place);
    session.whenDrawn({ type: 'focus-composer' });
  };
  return [
    {
      id: 'tutti.openChat',
      async run(argument) {
        const [text, id] = [stringAt(argument, 'text'), stringAt(argument, 'id')];
        const chats = await places();
        const session = id === undefined ? await chats.reveal(chats.current) : await chats.open(id);
        session.whenDrawn({ type: 'focus-composer', ...(text !== undefined && { text }) });
      },
    },
    {
      id: 'tutti.newChat',
      async run() {
        (await (await places()).openNew()).whenDrawn({ type: 'focus-composer' });
      },
    },
    {
      id: 'tutti.newChatInEditor',
      async run() {
        (await (await places()).openNew('tab')).whenDrawn({ type: 'focus-composer' });
      },
    },
    {
      id: 'tutti.compareModels',
      async run(argument) {
        const models = arrayAt(argument, 'models').filter((model) => typeof model === 'string');
        const text = stringAt(argument, 'text');
        const chats = await places();
        const session = await chats.reveal(chats.current);
        if (text !== undefined && models.length > 1) await session.receive({ type: 'compare', text, models });
        else session.whenDrawn({ type: 'choose-compared', models });
      },
    },
    { id: 'tutti.openChatInEditor', run: openAt('tab') },
    { id: 'tutti.openChatInNewWindow', run: openAt('window') },
    {
      id: 'tutti.showHistory',
      async run(argument) {
        const [open, search] = [stringAt(argument, 'open'), stringAt(argument, 'search') ?? ''];
        const chats = await places();
        if (open !== undefined) (await chats.open(open)).whenDrawn({ type: 'focus-composer' });
        else (await chats.reveal(chats.current)).whenDrawn({ type: 'open-history', search });
      },
    },
    {
      id: 'tutti.modelSettings',
      async run(argument) {
        const model = stringAt(argument, 'model');
        const chats = await places();
        (await chats.reveal(chats.current)).whenDrawn({ type: 'open-settings', ...(model !== undefined && { model }) });
      },
    },
  ];
}
