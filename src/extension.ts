import { readFile } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { wordError } from './chat/wording.ts';
import { CompletionEngine } from './completion/engine.ts';
import { formNote } from './completion/form.ts';
import { BudgetGate } from './gateway/budget-gate.ts';
import { Gateway } from './gateway/gateway.ts';
import { ModelDirectory } from './gateway/model-directory.ts';
import { PolicyGate } from './gateway/policy-gate.ts';
import { PolicyInForce } from './gateway/policy-in-force.ts';
import type { GatewayPorts } from './gateway/ports.ts';
import { PrivacyGate } from './gateway/privacy-gate.ts';
import { RequestLog } from './gateway/request-log.ts';
import { choiceName } from './gateway/roles.ts';
import { SecretGate } from './gateway/secret-gate.ts';
import { askAboutSecrets } from './host/ask-about-secrets.ts';
import { AutoPage } from './host/auto-page.ts';
import { allowOverBudgetCommand, showBudgetWarning } from './host/budget-commands.ts';
import { onDidChangeBudgets, readBudgetSettings } from './host/budget-settings.ts';
import { chatCommands } from './host/chat-commands.ts';
import { registerCodeActions } from './host/code-actions.ts';
import { codeCommands } from './host/code-commands.ts';
import { commandNamed, onDemand } from './host/command.ts';
import { completionCommands } from './host/completion-commands.ts';
import { CompletionExplainer } from './host/completion-explain.ts';
import { CompletionKeys } from './host/completion-keys.ts';
import { LearnedCompletions } from './host/completion-learning.ts';
import { registerCompletionRecords } from './host/completion-records.ts';
import { Rivals, rivalNames } from './host/completion-rivals.ts';
import { CompletionSettings } from './host/completion-settings.ts';
import { Snooze } from './host/completion-snooze.ts';
import { pathOf } from './host/document-path.ts';
import { VscodeDownloadDisplay } from './host/download-display.ts';
import { editCommandIds } from './host/edits/edit-command-ids.ts';
import { gitCommandIds } from './host/git/git-command-ids.ts';
import { Grammars } from './host/grammars.ts';
import { IgnoreFiles } from './host/ignore-files.ts';
import { registerInlineCompletions } from './host/inline-completions.ts';
import { SecretKeyStore } from './host/key-store.ts';
import { TuttiLanguageModels } from './host/language-model-provider.ts';
import { Log } from './host/log.ts';
import { ModelShelf } from './host/model-shelf.ts';
import type { History } from './host/open-history.ts';
import { ownKeys } from './host/own-keys.ts';
import { PolicyFile } from './host/policy-file.ts';
import { UserPrivacy } from './host/privacy-settings.ts';
import { providerCommandIds } from './host/provider-command-ids.ts';
import { registerCommands } from './host/register-commands.ts';
import { RequestLogPages } from './host/request-log-page.ts';
import { bearer } from './host/sign-in.ts';
import { StatusBar } from './host/status-bar.ts';
import { UserSettings } from './host/user-settings.ts';
import { WindowRoles } from './host/window-roles.ts';
import type { ModelRef } from './llm/model-ref.ts';
import { BeforeImages } from './store/before-images.ts';
import { CompletionEvidence } from './store/completion-evidence.ts';
import { databaseAt } from './store/database.ts';
import { Lessons } from './store/lessons.ts';
import { ModelLists } from './store/model-lists.ts';
import { UsageLedger } from './store/usage-ledger.ts';
import { Reservations } from './store/usage-reservations.ts';
import { Votes } from './store/votes.ts';
import { delay } from './util/delay.ts';
import { messageOf } from './util/message-of.ts';

/** What is still to be done when the window goes. */
let leave: (() => Promise<void>) | undefined;

/** VS Code waits some seconds for it before the process ends. */
export function deactivate(): Promise<void> | undefined {
  return leave?.();
}

/** Builds the house, top to bottom. Nothing here reads a file or opens a socket: rooms wake up when they are used. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const log = new Log();
  const policyFile = new PolicyFile();
  const privacy = new UserPrivacy();
  const policy = new PolicyInForce(policyFile.current, privacy.current);
  const addressRefused = (url: string): string | undefined => policy.addressRefused(url);
  const windowRoles = new WindowRoles(context.workspaceState);
  const settings = new UserSettings(windowRoles, (roles) => policy.roles(roles));
  const keys = new SecretKeyStore(context.secrets);

  const openDatabase = databaseAt(vscode.Uri.joinPath(context.globalStorageUri, 'tutti.db').fsPath, {
    onFailure: (error) => {
      void vscode.window.showWarningMessage(
        l10n.t('Tutti works, but chats and usage are not kept: its database cannot be opened. {0}', messageOf(error)),
      );
    },
    onRescue: (rescue) => void history().then((made) => made.afterRescue(rescue), log.error),
  });
  const lists = new ModelLists(openDatabase);

  const display = new VscodeDownloadDisplay();
  const inference = lazy(async () => {
    const { createInference } = await import('./inference/create-inference.ts');
    const runtimePackage = process.env['TUTTI_LLAMA_RUNTIME'];
    return createInference({
      storageFolder: context.globalStorageUri.fsPath,
      mainPath: context.asAbsolutePath('dist/inference/main.js'),
      display,
      ...settings.mirrors(),
      refused: addressRefused,
      ...(runtimePackage !== undefined && { runtimePackage }),
    });
  });
  const providers = lazy(() =>
    import('./providers/providers.ts').then(({ openProviders }) => openProviders(addressRefused)),
  );

  const requestLog = new RequestLog();
  const requestPages = new RequestLogPages(requestLog, () => import('./gateway/request-log-words.ts'));
  const ports: GatewayPorts = {
    settings,
    keys,
    vendors: async () => (await providers()).vendors,
    protocol: async (name) => {
      if (name === 'embedded') return (await inference()).stream;
      if (name !== 'vscode-lm') return (await providers()).stream(name);
      const refusal = policy.othersRefused();
      if (refusal !== undefined) throw new Error(refusal);
      return (await import('./host/vscode-lm-stream.ts')).vscodeLmStream;
    },
    written: async (name, model, request) =>
      name === 'embedded' || name === 'vscode-lm' ? undefined : (await providers()).written(name, model, request),
    listModels: async (endpoint, list, signal) => {
      if (list === 'embedded') return { models: await (await inference()).listModels() };
      if (list === 'vscode') return { models: await (await import('./host/vscode-lm-stream.ts')).vscodeLmModels() };
      return (await providers()).listModels(endpoint, list, signal);
    },
    embeddedModel: async (role) => (await inference()).preferredModel(role === 'completion' ? 'completion' : 'chat'),
    runningContext: async (model, signal) => (await providers()).runningContext(model, signal),
    catalog: async (vendor) => (await import('./models/catalog.ts')).catalogOf(vendor),
    bearer,
    environment: (variable) => process.env[variable],
    readFile: (path) => readFile(path, 'utf8'),
    requestLog,
    policy,
    report: log.warn,
  };
  const directory = new ModelDirectory(ports, lists);
  const lessons = new Lessons(openDatabase);
  const evidence = new CompletionEvidence(openDatabase);
  const ledger = new UsageLedger(openDatabase);
  const budgets = new BudgetGate({
    settings: readBudgetSettings,
    reservations: new Reservations(openDatabase),
    ledger,
    ceiling: () => policy.budget(),
    now: Date.now,
    warn: (notice) => void showBudgetWarning(notice),
    report: log.warn,
  });
  const ignoreFiles = new IgnoreFiles(policy);
  const hiddenBecause = (uri: vscode.Uri): Promise<string | undefined> => ignoreFiles.hiddenBecause(uri);
  const localOnlyBecause = (uri: string): Promise<string | undefined> =>
    ignoreFiles.localOnlyBecause(vscode.Uri.parse(uri));
  /** What stands between a request and the wire; what it may cost last, since that sets money aside. */
  const gates = [
    new PolicyGate(policy),
    new PrivacyGate({
      hiddenBecause: (uri) => hiddenBecause(vscode.Uri.parse(uri)),
      localOnlyBecause,
      nameOf: (uri) => pathOf(vscode.Uri.parse(uri)),
    }),
    new SecretGate({
      mode: () => policy.secretsMode(),
      ownKeys: () => ownKeys(keys, directory),
      ask: askAboutSecrets,
    }),
    budgets,
  ];
  const votes = new Votes(openDatabase);
  const gateway = new Gateway(ports, directory, ledger, lessons, gates, {
    budgetLeft: (ask) => budgets.left(ask),
    completions: (week) => evidence.sums(week),
    votes: (since) => votes.sums(since),
  });
  const statusBar = new StatusBar();
  // Before all who ask the directory on the same event.
  const settingsChange = vscode.Disposable.from(
    settings.onDidChange(() => directory.settingsChanged()),
    settings.onDidChangeProviders(() => gateway.forgetHealth()),
  );

  const history: Lazy<History> = lazy(async () => {
    const { openHistory } = await import('./host/open-history.ts');
    return openHistory({
      openDatabase,
      storageFolder: context.globalStorageUri.fsPath,
      gateway,
      settings,
      chats: chat,
      report: log.warn,
    });
  });
  const shelf = new ModelShelf(settings, context.globalState);
  const chat = lazy(async () => {
    const { openChat } = await import('./host/open-chat.ts');
    return openChat({
      extensionUri: context.extensionUri,
      memento: context.workspaceState,
      openDatabase,
      gateway,
      directory,
      settings,
      shelf,
      lessons,
      votes,
      history,
      hiddenBecause,
      localOnlyBecause,
      pages: {
        refused: addressRefused,
        get: async (url, signal) => (await providers()).fetchPage(url, signal),
      },
      diagramProgram: async () => (await inference()).diagramProgram(),
      onModel: (resolution) => statusBar.showChat(resolution),
      report: log.warn,
    });
  });

  leave = async () => {
    await chat.ifMade((made) => made.close());
    openDatabase[Symbol.dispose]();
  };

  const autoPage = new AutoPage(() => gateway.autoDecisions);
  const languageModels = new TuttiLanguageModels(gateway, directory);
  directory.onDidChangeList(() => languageModels.modelsMayHaveChanged());
  const related = lazy(async () => (await import('./host/open-related-code.ts')).openRelatedCode(hiddenBecause));
  const completionSettings = new CompletionSettings();
  const learned = new LearnedCompletions({
    store: evidence,
    rememberLatencies: (medians) => engine.latencies.remember(medians),
    report: log.warn,
  });
  const requests = { log: requestLog, pages: requestPages, gateway, directory };
  const usageTab = lazy(async () => {
    const { UsageTab } = await import('./host/usage-view.ts');
    return new UsageTab({ extensionUri: context.extensionUri, openDatabase, report: log.warn });
  });
  const evidencePage = lazy(async () => {
    const { EvidencePage } = await import('./host/evidence-page.ts');
    return new EvidencePage(() => learned.byLanguage());
  });
  /** What is to be known of the model last asked. */
  let completionNote: string | undefined;
  const grammars = new Grammars(async (languageId, grammar) => {
    const { openGrammar, readGrammar } = await import('./host/tree-sitter.ts');
    return openGrammar(languageId, grammar, (name) => readGrammar(context.asAbsolutePath('dist/grammars'), name));
  }, log.warn);
  const engine = new CompletionEngine({
    models: {
      resolve: async (languageId) => {
        const resolution = await gateway.resolve('completion', undefined, languageId);
        if (resolution.kind === 'model') {
          completionNote = formNote(resolution.model);
          return { model: resolution.model };
        }
        const { cause, nextStep } = wordError(resolution.error, resolution.ref ?? 'the model');
        return { unavailable: `${cause} ${nextStep}` };
      },
      stream: (model, request, signal, files, requestFor) =>
        gateway.stream({ role: 'completion', head: model.ref, request, files, requestFor }, signal),
    },
    preferences: (document) => completionSettings.preferences(document),
    hiddenBecause: (document) => hiddenBecause(vscode.Uri.parse(document.uri)),
    localOnlyBecause,
    related: {
      pack: async (...asked) => (await related()).pack(...asked),
      moved: (uri) => related.ifMade((made) => made.moved(uri)),
    },
    syntax: grammars,
    wordError: (error, model) => {
      const { cause, nextStep } = wordError(error, model.ref);
      return `${cause} ${nextStep}`;
    },
    clock: { now: () => performance.now(), sleep: delay },
    observe: (observation) => learned.observe(observation),
  });
  const edits = lazy(async () => {
    const { openEdits } = await import('./host/edits/open-edits.ts');
    return openEdits({ gateway, images: new BeforeImages(openDatabase), hiddenBecause });
  });
  const git = lazy(async () => {
    const { openGitCommands } = await import('./host/git/open-git-commands.ts');
    return openGitCommands({ gateway, hiddenBecause, edits: async () => (await edits()).edits });
  });
  const snooze = new Snooze(engine);
  const completionKeys = new CompletionKeys();
  const explainer = new CompletionExplainer({ engine, settings: completionSettings, ignoreFiles, rivals: rivalNames });
  const completionChoice = (): string | undefined => choiceName(settings.roles(), 'completion');
  const showCompletion = (): void =>
    statusBar.showCompletion(engine.state, {
      choice: completionChoice(),
      note: completionNote,
      snoozedUntil: snooze.untilClock,
      why: () => engine.explain(),
    });
  showCompletion();
  statusBar.showChatChoice(choiceName(settings.roles(), 'chat'));

  const rulesChanged = (): void => {
    directory.settingsChanged();
    // Tells completions and whoever gathers for them.
    ignoreFiles.forget();
    languageModels.modelsMayHaveChanged();
    chat.ifMade((made) => made.modelMayHaveChanged());
  };
  privacy.onDidChange(rulesChanged);
  policyFile.onDidChange(rulesChanged);

  context.subscriptions.push(
    log,
    privacy,
    keys,
    statusBar,
    { dispose: () => chat.ifMade((made) => made.dispose()) },
    learned,
    { dispose: () => inference.ifMade((made) => made[Symbol.dispose]()) },
    { dispose: () => providers.ifMade((made) => made.close()) },
    settingsChange,
    onDidChangeBudgets(() => {
      budgets.settingsChanged();
      engine.forget();
    }),
    settings.onDidChange(() => {
      engine.forget();
      showCompletion();
    }),
    context.secrets.onDidChange(() => {
      gateway.forgetHealth();
      engine.forget();
      chat.ifMade((made) => made.modelMayHaveChanged());
    }),
    ignoreFiles,
    ignoreFiles.onDidChange(() => {
      related.ifMade((made) => made.forget());
      engine.forget();
    }),
    { dispose: () => related.ifMade((made) => made.dispose()) },
    completionSettings,
    engine.onDidChangeState(showCompletion),
    snooze,
    snooze.onDidChange(showCompletion),
    completionKeys,
    explainer,
    new Rivals(engine, context.globalState, log.warn),
    registerInlineCompletions(engine, completionKeys),
    learned.listen(),
    { dispose: () => edits.ifMade((made) => made.dispose()) },
    registerCodeActions(hiddenBecause),
    { dispose: () => git.ifMade((made) => made.dispose()) },
    { dispose: () => evidencePage.ifMade((made) => made.dispose()) },
    { dispose: () => usageTab.ifMade((made) => made.dispose()) },
    vscode.window.registerWebviewPanelSerializer('tutti.usage', {
      deserializeWebviewPanel: async (panel) => (await usageTab()).adopt(panel),
    }),
    requestPages,
    autoPage,
    languageModels,
    settings.onDidChange(() => languageModels.modelsMayHaveChanged()),
    vscode.lm.registerLanguageModelChatProvider('tutti', languageModels),
    registerCompletionRecords(engine, () => import('./completion/record-words.ts')),
    vscode.window.registerWebviewViewProvider('tutti.chat', {
      resolveWebviewView: async (view) => (await chat()).adoptView(view),
    }),
    vscode.window.registerWebviewPanelSerializer('tutti.chatTab', {
      deserializeWebviewPanel: async (panel, state: unknown) => (await chat()).adoptTab(panel, state),
    }),
    { dispose: () => history.ifMade((made) => made.dispose()) },
    registerCommands(
      [
        ...chatCommands(chat),
        onDemand('tutti.exportChat', async () => (await history()).exportChats),
        onDemand('tutti.importChats', async () => (await history()).importChats),
        ...codeCommands(chat),
        allowOverBudgetCommand(budgets),
        ...completionCommands(engine),
        explainer.command,
        onDemand('tutti.completionMenu', async () => {
          const { completionMenuCommand } = await import('./host/completion-menu.ts');
          return completionMenuCommand(snooze, () => completionChoice() ?? engine.state.model ?? 'the model inside');
        }),
        onDemand('tutti.snoozeCompletions', async () =>
          (await import('./host/completion-menu.ts')).snoozeCommand(snooze),
        ),
        onDemand('tutti.switchModel', async () => {
          const { prepareEmbedded } = await import('./host/embedded-model.ts');
          const prepare = (ref: ModelRef): Promise<boolean> => prepareEmbedded(inference, display, ref);
          const evidence = (): ReturnType<LearnedCompletions['byModel']> => learned.byModel();
          const { switchModelCommand } = await import('./host/switch-model.ts');
          return switchModelCommand({
            gateway,
            directory,
            settings,
            shelf,
            session: (await chat()).current,
            evidence,
            prepare,
          });
        }),
        onDemand('tutti.usePreset', async () => {
          const { usePresetCommand } = await import('./host/use-preset.ts');
          return usePresetCommand({ directory, settings, window: windowRoles, session: (await chat()).current });
        }),
        ...providerCommandIds.map((id) =>
          onDemand(id, async () => {
            const { providerCommands } = await import('./host/provider-commands.ts');
            const { vendors, ...asking } = await providers();
            const all = { ...asking, vendors: async () => vendors, directory, settings, keys, lists };
            return commandNamed(id, providerCommands(all));
          }),
        ),
        onDemand('tutti.chooseModelFile', async () => {
          const { chooseModelFileCommand } = await import('./host/embedded-model.ts');
          return chooseModelFileCommand(inference);
        }),
        onDemand('tutti.testConnection', async () => {
          const { testConnectionCommand } = await import('./host/test-connection.ts');
          return testConnectionCommand({ gateway, session: (await chat()).current });
        }),
        ...editCommandIds.map((id) => ({ id, run: async (argument: unknown) => (await edits()).run(id, argument) })),
        ...gitCommandIds.map((id) => ({ id, run: async (argument: unknown) => (await git()).run(id, argument) })),
        autoPage.command,
        { id: 'tutti.compareCompletions', run: async () => (await evidencePage()).show() },
        { id: 'tutti.showUsage', run: async (argument) => (await usageTab()).show(argument) },
        onDemand('tutti.showRequestLog', async () => {
          const { showRequestLogCommand } = await import('./host/request-log-commands.ts');
          return showRequestLogCommand(requests);
        }),
        onDemand('tutti.replayRequest', async () => {
          const { replayRequestCommand } = await import('./host/request-log-commands.ts');
          return replayRequestCommand(requests);
        }),
        onDemand('tutti.copyRequestAsCurl', async () => {
          const { copyRequestCommand } = await import('./host/request-log-commands.ts');
          return copyRequestCommand(requests);
        }),
        { id: 'tutti.showLog', run: () => log.show() },
      ],
      log,
    ),
  );
}

interface Lazy<T> {
  (): Promise<T>;
  /** For disposal: does nothing where nobody has used it. */
  ifMade(use: (made: T) => void | Promise<void>): Promise<void> | undefined;
}

/** Made on first use, then kept; a failure to make it is tried again on the next use. */
function lazy<T>(make: () => Promise<T>): Lazy<T> {
  let making: Promise<T> | undefined;
  const get = (): Promise<T> => {
    making ??= make().catch((error: unknown) => {
      making = undefined;
      throw error;
    });
    return making;
  };
  return Object.assign(get, {
    ifMade: (use: (made: T) => void | Promise<void>) => making?.then(use, () => undefined),
  });
}
