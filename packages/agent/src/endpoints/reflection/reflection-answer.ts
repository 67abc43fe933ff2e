import { status } from '@grpc/grpc-js';
import type {
  DescriptorFile,
  ServerReflectionRequestOutput,
  ServerReflectionResponseInput,
} from '@signet/api';

type Answer = Omit<ServerReflectionResponseInput, 'valid_host' | 'original_request'>;

/** Where answers come from. */
export interface Reflected {
  /** full names of the services that are served. */
  readonly services: readonly string[];
  /** the files that declare them, and all that those import. */
  readonly files: readonly DescriptorFile[];
}

/**
 * Answers one question of a reflection stream.
 *
 * @param sent - names of the files that the stream has sent; imports that are among them are not sent again, and those
 *   that this answer sends are added.
 * @spec gRPC server reflection protocol
 */
export function reflectionAnswer(
  request: ServerReflectionRequestOutput,
  { services, files }: Reflected,
  sent: Set<string>,
): ServerReflectionResponseInput {
  return { valid_host: request.host, original_request: request, ...answer() };

  function answer(): Answer {
    switch (request.message_request) {
      case 'list_services':
        return { list_services_response: { service: services.map((name) => ({ name })) } };
      case 'file_by_filename':
        return fileAnswer(files.find(({ name }) => name === request.file_by_filename));
      case 'file_containing_symbol':
        return fileAnswer(fileOf(request.file_containing_symbol ?? ''));
      case 'all_extension_numbers_of_type':
        return extensionsOf(request.all_extension_numbers_of_type ?? '');
      case 'file_containing_extension':
        return refusal(status.NOT_FOUND, 'extension not found');
      case undefined:
      default:
        return refusal(status.INVALID_ARGUMENT, 'message_request must be set');
    }
  }

  function fileOf(symbol: string): DescriptorFile | undefined {
    return files.find(({ symbols }) => symbols.includes(symbol));
  }

  function fileAnswer(file: DescriptorFile | undefined): Answer {
    if (file === undefined) return refusal(status.NOT_FOUND, 'file not found');
    const news = [file, ...importsOf(file, files).filter(({ name }) => !sent.has(name))];
    for (const { name } of news) sent.add(name);
    const encoded = news.map(({ base64 }) => Buffer.from(base64, 'base64'));
    return { file_descriptor_response: { file_descriptor_proto: encoded } };
  }

  /** There are none in proto3. */
  function extensionsOf(type: string): Answer {
    if (fileOf(type) === undefined) return refusal(status.NOT_FOUND, 'type not found');
    return { all_extension_numbers_response: { base_type_name: type, extension_number: [] } };
  }
}

function importsOf(file: DescriptorFile, files: readonly DescriptorFile[]): readonly DescriptorFile[] {
  const found = new Set<DescriptorFile>();
  const visit = ({ imports }: DescriptorFile): void => {
    for (const each of files.filter(({ name }) => imports.includes(name) && name !== file.name)) {
      if (found.has(each)) continue;
      found.add(each);
      visit(each);
    }
  };
  visit(file);
  return [...found];
}

function refusal(code: status, message: string): Answer {
  return { error_response: { error_code: code, error_message: message } };
}
