import type { Providers } from '../../src/providers/providers.ts';
import { SetupError } from '../setup/step.ts';
import { type CheckResult, checkServer } from './checks.ts';

/**
 * The vLLM that the environment names. It cannot be had by its package's name: what PyPI has of it is built for CUDA,
 * 336 MB with PyTorch and NVIDIA's libraries besides.
 */
export async function checkVllm(providers: Providers): Promise<readonly CheckResult[]> {
  const { TUTTI_VLLM_URL: url, TUTTI_VLLM_MODEL: model } = process.env;
  if (url === undefined || model === undefined) {
    throw new SetupError(
      'PyPI’s package vllm runs on NVIDIA’s graphics cards alone; a build for processors is no package of PyPI.',
      'Start one elsewhere and name it: TUTTI_VLLM_URL=http://host:8000 TUTTI_VLLM_MODEL=…',
    );
  }
  return checkServer(
    providers,
    { vendor: 'vllm', url },
    { says: { model }, endless: { model }, tools: { model }, fills: [] },
  );
}
