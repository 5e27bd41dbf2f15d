import { describe, expect, it } from 'vitest';
import { BudgetGate } from '../../src/gateway/budget-gate.ts';
import type { BudgetCeiling, BudgetSettings } from '../../src/gateway/budget-limits.ts';
import type { Admission } from '../../src/gateway/gate.ts';
import type { BudgetNotice } from '../../src/llm/budget-notice.ts';
import type { Model } from '../../src/llm/model.ts';
import type { Price } from '../../src/llm/model-facts.ts';
import type { Request } from '../../src/llm/request.ts';
import type { EndEvent, Usage } from '../../src/llm/stream-event.ts';
import { wordBudget } from '../../src/llm/word-budget.ts';
import { databaseAt, type OpenDatabase } from '../../src/store/database.ts';
import { UsageLedger } from '../../src/store/usage-ledger.ts';
import { Reservations } from '../../src/store/usage-reservations.ts';
import { end } from '../support/scripted-stream.ts';

const noon = new Date(2026, 10, 23, 12).getTime();
const never = new AbortController().signal;
/** Of a thousand tokens, which is what a reply is thought to have, each is worth a hundredth of a cent. */
const price: Price = { input: 0, output: 100 };
const aRequest = 0.1;

const request: Request = {
  kind: 'chat',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }],
  parameters: {},
};
const completion: Request = { kind: 'completion', prompt: { type: 'raw', text: 'let x' }, parameters: {} };

function model(facts: Model['facts'] = { price }, over: Partial<Model['endpoint']> = {}): Model {
  const timeouts = { connectMs: 0, firstTokenMs: 0, idleMs: 0 };
  const endpoint = { provider: 'cloud', vendor: 'v', baseUrl: 'https://x', headers: {}, timeouts, quirks: {} };
  return {
    ref: 'cloud/m',
    id: 'm',
    chat: 'openai-chat',
    endpoint: { ...endpoint, keyHeader: 'none', local: false, ...over },
    facts,
  };
}

/** A window with budgets; two of them may share a database. */
function budgetWindow(settings: BudgetSettings, open: OpenDatabase = databaseAt(':memory:')) {
  const warned: BudgetNotice[] = [];
  const state: { settings: BudgetSettings; ceiling: BudgetCeiling; now: number } = { settings, ceiling: {}, now: noon };
  const ledger = new UsageLedger(open);
  const gate = new BudgetGate({
    settings: () => state.settings,
    ceiling: () => state.ceiling,
    reservations: new Reservations(open),
    ledger,
    now: () => state.now,
    warn: (notice) => warned.push(notice),
    report: (problem) => expect.unreachable(problem),
  });
  const ask = (role: 'chat' | 'completion' = 'chat', of: Model = model(), chatId = 'c'): Promise<Admission> => {
    // Each question is an object of its own, as each is one of the user's.
    const asked =
      role === 'chat' ? { ...request, messages: [...('messages' in request ? request.messages : [])] } : completion;
    return gate.admit({ role, request: asked, ...(role === 'chat' && { chatId }) }, of, asked, never);
  };
  const spend = (cost: number, at = noon): Promise<void> =>
    ledger.record({
      at,
      role: 'chat',
      chatId: 'c',
      model: 'cloud/m',
      provider: 'cloud',
      cost,
      totalMs: 1,
      outcome: 'stop',
    });
  return { gate, ask, spend, warned, state, open, ledger };
}

async function over(admission: Admission, usage?: Usage): Promise<void> {
  const ended: EndEvent | undefined = usage && { ...end(), usage };
  if (admission.kind === 'admitted') await admission.ended?.(ended);
}

describe('a budget', () => {
  it.each<[what: string, BudgetSettings, of: Model, spent: number, kind: Admission['kind']]>([
    ['lets through what fits', { perDay: 1 }, model(), 0.5, 'admitted'],
    ['lets through what fits to the last cent', { perDay: 1 }, model(), 0.9, 'admitted'],
    ['stops what would go over it', { perDay: 1 }, model(), 0.95, 'refused'],
    ['stops everything that costs when it is nought', { perMonth: 0 }, model(), 0, 'refused'],
    ['of a chat', { perChat: 1 }, model(), 0.95, 'refused'],
    ['of a provider', { perProvider: { cloud: 1 } }, model(), 0.95, 'refused'],
    ['of another provider', { perProvider: { other: 0 } }, model(), 5, 'admitted'],
    ['never stops a local model', { perDay: 0 }, model({}, { local: true }), 5, 'admitted'],
    ['never stops a free one', { perDay: 0 }, model({ price: { input: 0, output: 0 } }), 5, 'admitted'],
    ['cannot see what has no price', { perDay: 1 }, model({}), 0.5, 'admitted'],
    ['counts a price the user gave a local model', { perDay: 0 }, model({ price }, { local: true }), 0, 'refused'],
    ['that is not set holds nothing back', {}, model(), 500, 'admitted'],
  ])('%s', async (_, settings, of, spent, kind) => {
    const { ask, spend } = budgetWindow(settings);
    await spend(spent);
    const admission = await ask('chat', of);
    expect(admission.kind).toBe(kind);
    if (admission.kind === 'refused')
      expect(admission).toMatchObject({ nextMayServe: true, error: { code: 'budget' } });
  });

  it('says which limit, how much is spent and when it begins anew', async () => {
    const { ask, spend } = budgetWindow({ perDay: 5, perMonth: 100 });
    await spend(4.95);
    expect(await ask()).toMatchObject({
      error: {
        message:
          'Your budget of $5.00 a day would be exceeded: $4.95 is spent or under way, and this request is ' +
          'thought to take $0.10. It begins anew on Nov 24, 00:00.',
      },
    });
  });

  it('begins anew with the next day', async () => {
    const { ask, spend, state } = budgetWindow({ perDay: 1 });
    await spend(1, new Date(2026, 10, 23, 23, 59).getTime());
    state.now = new Date(2026, 10, 23, 23, 59, 59).getTime();
    expect((await ask()).kind).toBe('refused');
    state.now = new Date(2026, 10, 24).getTime();
    expect((await ask()).kind).toBe('admitted');
  });

  it('begins anew with the next month, not with the next day', async () => {
    const { ask, spend, state } = budgetWindow({ perMonth: 1 });
    await spend(1, new Date(2026, 10, 1).getTime());
    state.now = new Date(2026, 10, 30, 23, 59).getTime();
    expect((await ask()).kind).toBe('refused');
    state.now = new Date(2026, 11, 1).getTime();
    expect((await ask()).kind).toBe('admitted');
  });

  it('is held by what is under way, and freed by its end', async () => {
    const { ask } = budgetWindow({ perDay: 0.25 });
    const [first, second] = [await ask(), await ask()];
    expect([first.kind, second.kind, (await ask()).kind]).toEqual(['admitted', 'admitted', 'refused']);
    await over(first);
    expect((await ask()).kind).toBe('admitted');
  });

  it('is one for all windows', async () => {
    const open = databaseAt(':memory:');
    const windows = [budgetWindow({ perDay: 0.15 }, open), budgetWindow({ perDay: 0.15 }, open)];
    const kinds = await Promise.all(windows.map(async ({ ask }) => (await ask()).kind));
    expect(kinds.toSorted()).toEqual(['admitted', 'refused']);
  });

  it('tells how much is left of the tightest', async () => {
    const { gate, spend, ask, state } = budgetWindow({
      perDay: 1,
      perMonth: 10,
      perChat: 0.8,
      perProvider: { cloud: 0 },
    });
    await spend(0.5);
    expect(await gate.left({})).toBeCloseTo(0.5);
    expect(await gate.left({ chatId: 'c' })).toBeCloseTo(0.3);
    state.settings = { perDay: 1 };
    await ask();
    expect(await gate.left({})).toBeCloseTo(0.4);
    state.settings = {};
    expect(await gate.left({})).toBeUndefined();
  });

  it('learns how long the replies of a model are', async () => {
    const { ask } = budgetWindow({ perDay: 10 });
    const first = await ask();
    expect(first).toMatchObject({ setAside: { expectedCost: aRequest } });
    await over(first, { input: 10, output: 50_000 });
    expect(await ask()).toMatchObject({ setAside: { expectedCost: 5 } });
  });

  it('stops everything that costs when what was spent cannot be read', async () => {
    const { ask, open } = budgetWindow({ perDay: 10 });
    (await open()).exec('drop table spending');
    expect(await ask()).toMatchObject({ error: { message: expect.stringContaining('cannot be read') } });
    expect((await ask('chat', model({}, { local: true }))).kind).toBe('admitted');
  });
});

describe('allowing once', () => {
  it('lets the next request of that chat through, and only that one', async () => {
    const { ask, gate, spend } = budgetWindow({ perDay: 1 });
    await spend(1);
    gate.allowOnce('c');
    expect((await ask('chat', model(), 'another')).kind).toBe('refused');
    const allowed = await ask();
    expect(allowed).toMatchObject({ kind: 'admitted', notices: [{ about: 'allowed', budget: { of: 'day' } }] });
    await over(allowed);
    expect((await ask()).kind).toBe('refused');
  });

  it('is not used up by what needs no permission', async () => {
    const { ask, gate, spend } = budgetWindow({ perDay: 1 });
    gate.allowOnce('c');
    await over(await ask());
    await spend(1);
    expect((await ask()).kind).toBe('admitted');
  });

  it('without a chat is for whichever request is stopped next, but for no completion', async () => {
    const { ask, gate, spend } = budgetWindow({ perDay: 1 });
    await spend(1);
    gate.allowOnce();
    expect((await ask('completion')).kind).toBe('refused');
    expect((await ask()).kind).toBe('admitted');
    expect((await ask()).kind).toBe('refused');
  });

  it('holds for every model of the chain that the request needs', async () => {
    const { gate, spend } = budgetWindow({ perDay: 1 });
    await spend(1);
    gate.allowOnce('c');
    const ask = { role: 'chat', request, chatId: 'c' } as const;
    for (const ref of ['cloud/m', 'cloud/n'] as const) {
      const admission = await gate.admit({ ...ask }, { ...model(), ref }, request, never);
      expect(admission.kind).toBe('admitted');
      await over(admission);
    }
  });
});

describe('an administrator’s limit', () => {
  it('holds without a budget of the user’s own, says whose it is, and cannot be allowed over', async () => {
    const { ask, spend, gate, state } = budgetWindow({});
    state.ceiling = { perDay: 1 };
    await spend(0.95);
    gate.allowOnce('c');
    expect(await ask()).toMatchObject({
      error: { code: 'policy', message: expect.stringContaining('Your administrator’s budget of $1.00 a day') },
    });
  });

  it('stands behind a smaller one of the user’s', async () => {
    const { ask, spend, gate, state } = budgetWindow({ perDay: 1 });
    state.ceiling = { perDay: 1.2 };
    await spend(1);
    expect(await ask()).toMatchObject({ error: { code: 'budget' } });
    gate.allowOnce('c');
    await over(await ask());
    await spend(0.15);
    gate.allowOnce('c');
    expect(await ask()).toMatchObject({ error: { code: 'policy' } });
  });
});

describe('what is told', () => {
  it('at 80 %, once for all windows, in words and beside the reply', async () => {
    const open = databaseAt(':memory:');
    const [one, other] = [budgetWindow({ perDay: 1 }, open), budgetWindow({ perDay: 1 }, open)];
    await one.spend(0.65);
    const early = await one.ask();
    expect(early).not.toHaveProperty('notices.0');
    await over(early);
    await one.spend(0.06);
    const admissions = [await one.ask(), await other.ask()];
    expect(admissions.map((admission) => ('notices' in admission ? admission.notices?.length : undefined))).toEqual([
      1, 0,
    ]);
    expect([one.warned.length, other.warned.length]).toEqual([1, 0]);
    expect(one.warned.map(wordBudget)).toEqual([
      '81 % of your budget of $1.00 a day is used: $0.81. It begins anew on Nov 24, 00:00.',
    ]);
  });

  it('anew on the next day, and for a limit that was raised', async () => {
    const { ask, spend, state, warned } = budgetWindow({ perDay: 1 });
    await spend(0.75);
    await over(await ask());
    state.settings = { perDay: 1.05 };
    await over(await ask());
    state.now = new Date(2026, 10, 24).getTime();
    await spend(0.8, state.now);
    await over(await ask());
    expect(warned.length).toBe(3);
  });

  it('that a model cannot be counted, once a month', async () => {
    const { ask, state, warned } = budgetWindow({ perDay: 1 });
    expect(await ask('chat', model({}))).toMatchObject({ notices: [{ about: 'unseen', model: 'cloud/m' }] });
    await ask('chat', model({}));
    expect(warned.length).toBe(1);
    state.now = new Date(2026, 11, 1).getTime();
    await ask('chat', model({}));
    expect(warned.length).toBe(2);
  });

  it('nothing where no budget is set', async () => {
    const { ask, warned } = budgetWindow({ perDay: null });
    await ask('chat', model({}));
    expect(warned).toEqual([]);
  });
});

describe('completions', () => {
  it('stop with the budget, with the reason, without a look into the database for each key', async () => {
    const { ask, spend, open, warned, state } = budgetWindow({ perDay: 1 });
    await spend(1);
    expect(await ask('completion')).toMatchObject({ error: { code: 'budget', message: /a day is used up/ } });
    const database = await open();
    database.exec('alter table spending rename to hidden');
    expect(await ask('completion')).toMatchObject({ error: { message: expect.stringContaining('a day is used up') } });
    database.exec('alter table hidden rename to spending');
    expect(warned).toEqual([]);
    state.now = new Date(2026, 10, 24).getTime();
    expect((await ask('completion')).kind).toBe('admitted');
  });

  it('go on at once when the limit is raised', async () => {
    const { ask, spend, gate, state } = budgetWindow({ perDay: 1 });
    await spend(1);
    expect((await ask('completion')).kind).toBe('refused');
    state.settings = { perDay: 2 };
    gate.settingsChanged();
    expect((await ask('completion')).kind).toBe('admitted');
  });
});
