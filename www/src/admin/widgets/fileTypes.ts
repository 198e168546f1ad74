// The types of files that a chat widget may let in, as people call them.
import type { FileType } from "../../api/types";

export const typeNames: Record<FileType, string> = {
  "image/png": "PNG",
  "image/jpeg": "JPEG",
  "image/webp": "WebP",
  "image/gif": "GIF",
  "application/pdf": "PDF",
};

export const fileTypes = Object.keys(typeNames) as FileType[];
