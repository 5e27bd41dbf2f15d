import type { LlmErrorCode } from '../../src/llm/llm-error.ts';

/** An error as a vendor documents or sends it, and all that has to be made of it. */
export interface ErrorBody {
  readonly name: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly code: LlmErrorCode;
  /** The whole message where it is a string. */
  readonly message: string | RegExp;
  readonly parameter?: string;
  readonly requestId?: string;
  readonly retryable?: true;
  readonly retryAfterMs?: number;
}

const page = (title: string): string => `<html>\r\n<head><title>${title}</title></head>\r\n<body>…</body>\r\n</html>`;

/** Makers of models. */
const makers: readonly ErrorBody[] = [
  {
    name: 'OpenAI: the other name of the output limit',
    status: 400,
    headers: { 'x-request-id': 'req_a1' },
    body: {
      error: {
        message:
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        type: 'invalid_request_error',
        param: 'max_tokens',
        code: 'unsupported_parameter',
      },
    },
    code: 'invalid-request',
    message: /^Unsupported parameter: 'max_tokens'/,
    parameter: 'max_tokens',
    requestId: 'req_a1',
  },
  {
    name: 'OpenAI: a model that is not there',
    status: 404,
    body: {
      error: {
        message: 'The model `gpt-9` does not exist or you do not have access to it.',
        type: 'invalid_request_error',
        param: null,
        code: 'model_not_found',
      },
    },
    code: 'not-found',
    message: 'The model `gpt-9` does not exist or you do not have access to it.',
  },
  {
    name: 'OpenAI: a country it does not serve',
    status: 403,
    body: {
      error: {
        code: 'unsupported_country_region_territory',
        message: 'Country, region, or territory not supported',
        param: null,
        type: 'request_forbidden',
      },
    },
    code: 'permission',
    message: 'Country, region, or territory not supported',
  },
  {
    name: 'Anthropic: overloaded',
    status: 529,
    headers: { 'request-id': 'req_header', 'x-should-retry': 'true' },
    body: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' }, request_id: 'req_body' },
    code: 'overloaded',
    message: 'Overloaded',
    requestId: 'req_body',
    retryable: true,
  },
  {
    name: 'Anthropic: more bytes than it takes',
    status: 413,
    body: {
      type: 'error',
      error: { type: 'request_too_large', message: 'Request exceeds the maximum allowed number of bytes' },
    },
    code: 'context-overflow',
    message: 'Request exceeds the maximum allowed number of bytes',
  },
  {
    name: 'Anthropic: a key without the right',
    status: 403,
    body: {
      type: 'error',
      error: { type: 'permission_error', message: 'Your API key does not have permission to use the resource' },
    },
    code: 'permission',
    message: 'Your API key does not have permission to use the resource',
  },
  {
    name: 'Gemini, wrapped in a list: a field it does not know',
    status: 400,
    body: [
      {
        error: {
          code: 400,
          message:
            'Invalid JSON payload received. Unknown name "frequency_penalty" at \'generation_config\': Cannot find field.',
          status: 'INVALID_ARGUMENT',
          details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field: 'x' }] }],
        },
      },
    ],
    code: 'invalid-request',
    message: /^Invalid JSON payload received\./,
    parameter: 'frequency_penalty',
  },
  {
    name: 'Gemini: overloaded',
    status: 503,
    body: {
      error: { code: 503, message: 'The model is overloaded. Please try again later.', status: 'UNAVAILABLE' },
    },
    code: 'overloaded',
    message: 'The model is overloaded. Please try again later.',
    retryable: true,
  },
  {
    name: 'Gemini: the API is not switched on',
    status: 403,
    body: {
      error: {
        code: 403,
        message: 'Generative Language API has not been used in project 42 before or it is disabled.',
        status: 'PERMISSION_DENIED',
      },
    },
    code: 'permission',
    message: 'Generative Language API has not been used in project 42 before or it is disabled.',
  },
  {
    name: 'xAI: a team without money',
    status: 403,
    body: {
      code: 'The caller does not have permission to execute the specified operation',
      error: "Your newly created team doesn't have any credits yet.",
    },
    code: 'quota',
    message: "Your newly created team doesn't have any credits yet.",
  },
  {
    name: 'Mistral: no key',
    status: 401,
    body: { detail: 'Unauthorized' },
    code: 'authentication',
    message: 'Unauthorized',
  },
  {
    name: 'Mistral: a field too much',
    status: 422,
    body: {
      detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted', input: 1 }],
    },
    code: 'invalid-request',
    message: 'Extra inputs are not permitted',
    parameter: 'seed',
  },
  {
    name: 'DeepSeek: money used up',
    status: 402,
    body: {
      error: { message: 'Insufficient Balance', type: 'unknown_error', param: null, code: 'invalid_request_error' },
    },
    code: 'quota',
    message: 'Insufficient Balance',
  },
  {
    name: 'Alibaba: its inspection of what is said',
    status: 400,
    body: {
      error: {
        code: 'data_inspection_failed',
        message: 'Input data may contain inappropriate content.',
        param: null,
        type: 'data_inspection_failed',
      },
    },
    code: 'content-filter',
    message: 'Input data may contain inappropriate content.',
  },
  {
    name: 'Alibaba: a bill that was not paid',
    status: 400,
    body: {
      error: {
        code: 'Arrearage',
        message: 'Access denied, please make sure your account is in good standing.',
        type: 'Arrearage',
      },
      request_id: 'ali-1',
    },
    code: 'quota',
    message: 'Access denied, please make sure your account is in good standing.',
    requestId: 'ali-1',
  },
  {
    name: 'Moonshot: one request at a time',
    status: 429,
    body: {
      error: {
        message: 'Your account request reached max concurrency: 1, please try again after 2 seconds',
        type: 'rate_limit_reached_error',
      },
    },
    code: 'rate-limit',
    message: 'Your account request reached max concurrency: 1, please try again after 2 seconds',
    retryable: true,
    retryAfterMs: 2000,
  },
  {
    name: 'Z.ai: money used up',
    status: 429,
    body: { error: { code: '1113', message: 'Insufficient balance or no resource package. Please recharge.' } },
    code: 'quota',
    message: 'Insufficient balance or no resource package. Please recharge.',
  },
];

/** Companies that run models of others, and routers to them. */
const hosts: readonly ErrorBody[] = [
  {
    name: 'Azure: its content filter',
    status: 400,
    headers: { 'apim-request-id': 'apim-1' },
    body: {
      error: {
        message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        type: null,
        param: 'prompt',
        code: 'content_filter',
        status: 400,
        innererror: {
          code: 'ResponsibleAIPolicyViolation',
          content_filter_result: { hate: { filtered: true, severity: 'high' } },
        },
      },
    },
    code: 'content-filter',
    message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
    requestId: 'apim-1',
  },
  {
    name: 'Azure: a key of another resource',
    status: 401,
    body: {
      error: {
        code: '401',
        message: 'Access denied due to invalid subscription key or wrong API endpoint.',
      },
    },
    code: 'authentication',
    message: 'Access denied due to invalid subscription key or wrong API endpoint.',
  },
  {
    name: 'Azure: no such deployment',
    status: 404,
    body: {
      error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' },
    },
    code: 'not-found',
    message: 'The API deployment for this resource does not exist.',
  },
  {
    name: 'Azure: too many tokens a minute',
    status: 429,
    body: {
      error: { code: '429', message: 'Requests have exceeded token rate limit. Please retry after 6 seconds.' },
    },
    code: 'rate-limit',
    message: 'Requests have exceeded token rate limit. Please retry after 6 seconds.',
    retryable: true,
    retryAfterMs: 6000,
  },
  {
    name: 'Bedrock: a field too much',
    status: 400,
    headers: { 'x-amzn-requestid': 'amzn-1', 'x-amzn-errortype': 'ValidationException' },
    body: {
      message: 'Malformed input request: #: extraneous key [top_k] is not permitted, please reformat your input.',
    },
    code: 'invalid-request',
    message: /^Malformed input request/,
    parameter: 'top_k',
    requestId: 'amzn-1',
  },
  {
    name: 'Bedrock: no right to the model',
    status: 403,
    body: { Message: 'User: arn:aws:iam::1:user/me is not authorized to perform: bedrock:InvokeModel' },
    code: 'permission',
    message: 'User: arn:aws:iam::1:user/me is not authorized to perform: bedrock:InvokeModel',
  },
  {
    name: 'Bedrock: throttled',
    status: 429,
    body: { message: 'Too many requests, please wait before trying again.' },
    code: 'rate-limit',
    message: 'Too many requests, please wait before trying again.',
    retryable: true,
  },
  {
    name: 'Bedrock: too long',
    status: 400,
    body: { message: 'Input is too long for requested model.' },
    code: 'context-overflow',
    message: 'Input is too long for requested model.',
  },
  {
    name: 'OpenRouter: what the vendor behind it said',
    status: 429,
    body: {
      error: {
        message: 'Provider returned error',
        code: 429,
        metadata: {
          raw: '{"error":{"message":"Rate limit reached for requests","type":"requests"}}',
          provider_name: 'Chutes',
        },
      },
      user_id: 'user_1',
    },
    code: 'rate-limit',
    message: 'Chutes: Rate limit reached for requests',
    retryable: true,
  },
  {
    name: 'OpenRouter: plain words of the vendor behind it',
    status: 502,
    body: {
      error: {
        message: 'Provider returned error',
        code: 502,
        metadata: { raw: 'upstream connect error', provider_name: 'Novita' },
      },
    },
    code: 'server',
    message: 'Novita: upstream connect error',
    retryable: true,
  },
  {
    name: 'OpenRouter: moderation',
    status: 403,
    body: {
      error: {
        code: 403,
        message: 'openai/gpt requires moderation on OpenAI. Your input was flagged for "violence".',
        metadata: { reasons: ['violence'], flagged_input: '…' },
      },
    },
    code: 'content-filter',
    message: 'openai/gpt requires moderation on OpenAI. Your input was flagged for "violence".',
  },
  {
    name: 'OpenRouter: nobody serves it with tools',
    status: 404,
    body: { error: { message: 'No endpoints found that support tool use.', code: 404 } },
    code: 'unsupported',
    message: 'No endpoints found that support tool use.',
  },
  {
    name: 'Groq: a tool call that came out wrong',
    status: 400,
    body: {
      error: {
        message: "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.",
        type: 'invalid_request_error',
        code: 'tool_use_failed',
        failed_generation: '<function=x>',
      },
    },
    code: 'invalid-request',
    message: /^Failed to call a function\./,
  },
  {
    name: 'Cerebras: a model that is not there',
    status: 404,
    body: {
      message: 'Model x does not exist or you do not have access to it.',
      type: 'not_found_error',
      param: 'model',
      code: 'model_not_found',
    },
    code: 'not-found',
    message: 'Model x does not exist or you do not have access to it.',
  },
  {
    name: 'Fireworks: the limit the user set on spending',
    status: 412,
    body: {
      error: {
        object: 'error',
        type: 'invalid_request_error',
        message: 'Account me is suspended, possibly due to reaching the monthly spending limit.',
      },
    },
    code: 'quota',
    message: 'Account me is suspended, possibly due to reaching the monthly spending limit.',
  },
  {
    name: 'Hugging Face: a key refused',
    status: 401,
    body: { error: 'Invalid credentials in Authorization header' },
    code: 'authentication',
    message: 'Invalid credentials in Authorization header',
  },
  {
    name: 'Hugging Face: the month’s credits are gone',
    status: 402,
    body: { error: 'You have exceeded your monthly included credits for Inference Providers.' },
    code: 'quota',
    message: 'You have exceeded your monthly included credits for Inference Providers.',
  },
  {
    name: 'Hugging Face: still loading',
    status: 503,
    body: { error: 'Model x/y is currently loading', estimated_time: 20 },
    code: 'overloaded',
    message: 'Model x/y is currently loading',
    retryable: true,
  },
];

/** Servers of one's own. */
const servers: readonly ErrorBody[] = [
  {
    name: 'Ollama: a model that was not pulled',
    status: 404,
    body: { error: 'model "qwen3" not found, try pulling it first' },
    code: 'not-pulled',
    message: 'model "qwen3" not found, try pulling it first',
  },
  {
    name: 'Ollama: a model without tools',
    status: 400,
    body: { error: 'registry.ollama.ai/library/gemma:2b does not support tools' },
    code: 'unsupported',
    message: 'registry.ollama.ai/library/gemma:2b does not support tools',
  },
  {
    name: 'LM Studio: too long',
    status: 400,
    body: {
      error:
        'Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough.',
    },
    code: 'context-overflow',
    message: /^Trying to keep the first 5000 tokens/,
  },
  {
    name: 'vLLM: too long',
    status: 400,
    body: {
      object: 'error',
      message: "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
    code: 'context-overflow',
    message: /maximum context length is 4096 tokens/,
  },
  {
    name: 'vLLM: a model that it does not serve',
    status: 404,
    body: {
      error: { message: 'The model `x` does not exist.', type: 'NotFoundError', param: 'model', code: 404 },
    },
    code: 'not-found',
    message: 'The model `x` does not exist.',
  },
  {
    name: 'vLLM: started without tools',
    status: 400,
    body: {
      error: {
        message: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
        type: 'BadRequestError',
        param: null,
        code: 400,
      },
    },
    code: 'invalid-request',
    message: /^"auto" tool choice requires/,
  },
  {
    name: 'LiteLLM: a parameter that the vendor behind it does not take',
    status: 400,
    headers: { 'x-litellm-call-id': 'call-1' },
    body: {
      error: {
        message:
          "litellm.UnsupportedParamsError: openai does not support parameters: ['temperature'], for model=o9. To drop these, set `litellm.drop_params=True`",
        type: 'None',
        param: null,
        code: '400',
      },
    },
    code: 'invalid-request',
    message: /^litellm\.UnsupportedParamsError/,
    parameter: 'temperature',
    requestId: 'call-1',
  },
  {
    name: 'LiteLLM: a key of its own refused',
    status: 401,
    body: {
      error: {
        message: 'Authentication Error, Invalid proxy server token passed.',
        type: 'token_not_found_in_db',
        param: 'key',
        code: '401',
      },
    },
    code: 'authentication',
    message: 'Authentication Error, Invalid proxy server token passed.',
  },
  {
    name: 'llama.cpp: too long',
    status: 400,
    body: {
      error: {
        code: 400,
        message: 'request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it',
        type: 'exceed_context_size_error',
        n_prompt_tokens: 5000,
        n_ctx: 4096,
      },
    },
    code: 'context-overflow',
    message: 'request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it',
  },
];

/** What stands between: web servers, gateways, proxies. */
const between: readonly ErrorBody[] = [
  {
    name: 'nginx: nobody behind it',
    status: 502,
    body: page('502 Bad Gateway'),
    code: 'server',
    message: 'A web page came back: "502 Bad Gateway"',
    retryable: true,
  },
  {
    name: 'nginx: more bytes than it lets through',
    status: 413,
    body: page('413 Request Entity Too Large'),
    code: 'context-overflow',
    message: 'A web page came back: "413 Request Entity Too Large"',
  },
  {
    name: 'Cloudflare: the server behind it took too long',
    status: 524,
    headers: { 'cf-ray': 'ray-1' },
    body: `<!DOCTYPE html>\n${page('api.example | 524: A timeout occurred')}`,
    code: 'server',
    message: 'A web page came back: "api.example | 524: A timeout occurred"',
    requestId: 'ray-1',
    retryable: true,
  },
  {
    name: 'Cloudflare: it takes us for a robot',
    status: 403,
    headers: { 'cf-ray': 'ray-2' },
    body: page('Attention Required! | Cloudflare'),
    code: 'permission',
    message: 'A web page came back: "Attention Required! | Cloudflare"',
    requestId: 'ray-2',
  },
  {
    name: 'a company’s proxy: sign in first',
    status: 407,
    body: page('Proxy Authentication Required'),
    code: 'authentication',
    message: 'A web page came back: "Proxy Authentication Required"',
  },
];

export const errorBodies: readonly ErrorBody[] = [...makers, ...hosts, ...servers, ...between];
