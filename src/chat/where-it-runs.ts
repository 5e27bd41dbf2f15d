import * as l10n from '@vscode/l10n';

/** The kinds of places where the extension may run, as far as they differ in who is reached at `localhost`. */
export type Whereabouts = 'here' | 'wsl' | 'container' | 'elsewhere';

/** VS Code's names of remotes; any other is some machine elsewhere. */
const remotes: Readonly<Record<string, Whereabouts>> = {
  wsl: 'wsl',
  'dev-container': 'container',
  'attached-container': 'container',
  'k8s-container': 'container',
};

export function whereabouts(remoteName: string | undefined): Whereabouts {
  return remoteName === undefined ? 'here' : (remotes[remoteName] ?? 'elsewhere');
}

/** Names under which the machine around it is reached. */
export const outerHosts: Readonly<Record<Whereabouts, readonly string[]>> = {
  here: [],
  wsl: [],
  container: ['host.docker.internal'],
  elsewhere: [],
};

/** Where a server of the user's own has to be, or to listen, for Tutti to reach it; empty where nothing is special. */
export function hintForServers(where: Whereabouts, remoteName = ''): string {
  switch (where) {
    case 'here':
      return '';
    case 'wsl':
      return l10n.t(
        'Tutti runs inside WSL: localhost is the Linux side. A server on Windows is reached at localhost with mirrored networking (networkingMode=mirrored in .wslconfig), else at the address of Windows, if it listens to more than its own machine.',
      );
    case 'container':
      return l10n.t(
        'Tutti runs inside a container: localhost is the container. A server outside is reached at host.docker.internal, if it listens to more than its own machine (for Ollama: OLLAMA_HOST=0.0.0.0).',
      );
    case 'elsewhere':
      return l10n.t(
        'Tutti runs on {0}: localhost is that machine, not the one you sit at. A server elsewhere has to be given by its address.',
        remoteName,
      );
  }
}
