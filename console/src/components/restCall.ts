/** A call of the REST API, to be shown to who wants to do the same from a program. */
export interface RestCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With the query. */
  path: string;
  body?: unknown;
}

export const languagesOfCalls = ['curl', 'python', 'csharp'] as const;

/** The call as a program of that language. The key is read from the environment, never shown. */
export function callAs(language: (typeof languagesOfCalls)[number], { method, path, body }: RestCall, origin: string): string {
  const json = body === undefined ? null : JSON.stringify(body, null, 2);
  const url = `${origin}${path}`;
  switch (language) {
    case 'curl':
      return [
        `curl ${method === 'GET' ? '' : `-X ${method} `}'${url.replaceAll("'", "'\\''")}'`,
        '-H "Authorization: Bearer $SURETY_API_KEY"',
        ...(json === null ? [] : ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`]),
      ].join(' \\\n  ');
    case 'python':
      return [
        'import json, os, requests', '',
        `answer = requests.request(${JSON.stringify(method)}, ${JSON.stringify(url)},`,
        '    headers={"Authorization": "Bearer " + os.environ["SURETY_API_KEY"]}' + (json === null ? ')' : ','),
        ...(json === null ? [] : [`    json=json.loads(${JSON.stringify(JSON.stringify(body))}))`]),
        'answer.raise_for_status()', 'print(answer.text)',
      ].join('\n');
    default:
      return [
        'using var http = new HttpClient();',
        `using var request = new HttpRequestMessage(HttpMethod.${method[0]}${method.slice(1).toLowerCase()}, ${JSON.stringify(url)});`,
        'request.Headers.Authorization = new("Bearer", Environment.GetEnvironmentVariable("SURETY_API_KEY"));',
        ...(json === null ? [] : ['request.Content = new StringContent(', '    """', ...json.split('\n').map((line) => `    ${line}`), '    """, Encoding.UTF8, "application/json");']),
        'using var answer = await http.SendAsync(request);',
        'Console.WriteLine(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());',
      ].join('\n');
  }
}
