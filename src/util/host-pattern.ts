/** Whether an address is on one of the hosts: `host`, `*.suffix` (not the suffix itself), either with `:port`. */
export function isOnHost(url: string, patterns: readonly string[]): boolean {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return false;
  const port = parsed.port === '' ? (parsed.protocol === 'https:' ? '443' : '80') : parsed.port;
  return patterns.some((pattern) => {
    const [, host = '', wantedPort = ''] = /^(.*?)(?::(\d+))?$/.exec(pattern.trim().toLowerCase()) ?? [];
    if (host === '' || (wantedPort !== '' && wantedPort !== port)) return false;
    return host.startsWith('*.') ? parsed.hostname.endsWith(host.slice(1)) : parsed.hostname === host;
  });
}
