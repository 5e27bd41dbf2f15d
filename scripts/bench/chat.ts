// The chat's page as it is shipped, in Chromium: long chats, long replies, hostile ones, the list of models.
import { launchBrowser } from '../../test/webview/support/chat-page.ts';
import { buildWebview } from '../../test/webview/support/webview-bundle.ts';
import { hostileReplies } from './chat/hostile-replies.ts';
import { longChat } from './chat/long-chat.ts';
import { longReplies } from './chat/long-reply.ts';
import { modelSearch } from './chat/model-search.ts';

using bundle = await buildWebview();
const browser = await launchBrowser();
await using _browser = { [Symbol.asyncDispose]: () => browser.close() };

await longChat(browser, bundle.folder);
await modelSearch(browser, bundle.folder);
await longReplies(browser, bundle.folder);
await hostileReplies(browser, bundle.folder);
