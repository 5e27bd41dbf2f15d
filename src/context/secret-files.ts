/** Files that hold keys and passwords, as `.gitignore` patterns. No model sees them, whatever a repository says. */
export const secretFiles: readonly string[] = [
  ...['.env', '.env.*', '*.env', '!.env.example', '!.env.sample', '!.env.template', '!.env.dist', '.envrc'],
  ...['*.pem', '*.key', '*.p12', '*.pfx', '*.p8', '*.jks', '*.keystore', '*.ppk', '*.kdbx', '*.gpg', '*.asc'],
  ...['id_rsa', 'id_dsa', 'id_ecdsa', 'id_ed25519', 'id_ecdsa_sk', 'id_ed25519_sk', '.ssh/', '.gnupg/'],
  ...[
    '.npmrc',
    '.pypirc',
    '.netrc',
    '_netrc',
    '.git-credentials',
    '.htpasswd',
    '.pgpass',
    '.my.cnf',
    '.boto',
    '.s3cfg',
  ],
  ...['.aws/credentials', '.aws/config', '.azure/', '.config/gcloud/', '.kube/config', '.docker/config.json'],
  ...['kubeconfig', '*.kubeconfig', '*.tfvars', '*.tfvars.json', '*.tfstate', '*.tfstate.backup', '.terraformrc'],
  ...['credentials.json', 'client_secret*.json', 'service-account*.json', 'service_account*.json', 'secrets.json'],
  ...['secrets.yml', 'secrets.yaml', 'secrets.toml', '*.secret', '*.secrets', '.vault-token', '.vault_pass*'],
  ...['master.key', 'credentials.yml.enc', 'wp-config.php', 'local.settings.json', '.dockercfg', '.yarnrc.yml'],
];
