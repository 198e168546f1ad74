// Short names for the wire types. The types themselves are generated from the server's openapi.json; this file
// only renames, it never describes a shape.
import type { components, operations } from "./schema";

type Schemas = components["schemas"];

export type Actor = Schemas["Actor"];
export type AgentConversation = Schemas["AgentConversation"];
export type AgentEvent = Schemas["AgentEvent"];
export type AgentFrame = Schemas["AgentFrame"];
export type AgentQueue = Schemas["AgentQueue"];
export type ApiToken = Schemas["ApiToken"];
export type Appearance = Schemas["Appearance"];
export type Assign = Schemas["Assign"];
export type Assignment = Schemas["Assignment"];
export type Attachment = Schemas["Attachment"];
export type AuditEntry = Schemas["AuditEntry"];
/** What of the audit is wanted, without its page. */
export type AuditQuery = Omit<NonNullable<operations["listAudit"]["parameters"]["query"]>, "cursor" | "limit">;
export type AuthenticationSetting = Schemas["AuthenticationSetting"];
export type AuthenticationSettingBody = Schemas["AuthenticationSettingBody"];
export type Availability = Schemas["Availability"];
export type AvailabilityChange = Schemas["AvailabilityChange"];
export type CameFrom = Schemas["CameFrom"];
export type CannedReply = Schemas["CannedReply"];
export type CannedReplyBody = Schemas["CannedReplyBody"];
export type ChatWidget = Schemas["ChatWidget"];
export type ChatWidgetBody = Schemas["ChatWidgetBody"];
export type CloseConversation = Schemas["CloseConversation"];
export type Closing = Schemas["Closing"];
export type Colleague = Schemas["Colleague"];
export type Colleagues = Schemas["Colleagues"];
export type Condition = Schemas["Condition"];
export type Contact = Schemas["Contact"];
export type ContactBody = Schemas["ContactBody"];
export type ContextValue = Schemas["ContextValue"];
export type ContextReport = Schemas["ContextReport"];
export type ContextVariable = Schemas["ContextVariable"];
export type ConversationEvent = Schemas["ConversationEvent"];
export type ConversationState = Schemas["ConversationState"];
export type ConversationSummary = Schemas["ConversationSummary"];
export type ErrorCode = Schemas["ErrorCode"];
export type FieldError = Schemas["FieldError"];
export type FilePolicy = Schemas["FilePolicy"];
export type FileType = Schemas["FileType"];
export type FoundConversation = Schemas["FoundConversation"];
export type FoundConversations = Schemas["FoundConversations"];
export type HandOver = Schemas["HandOver"];
export type HandOverAgent = Schemas["HandOverAgent"];
/** A part of the inbox. */
export type InboxState = NonNullable<NonNullable<operations["listConversations"]["parameters"]["query"]>["state"]>;
export type KeyReport = Schemas["KeyReport"];
export type KeysReport = Schemas["KeysReport"];
export type Message = Schemas["Message"];
export type NewOperator = Schemas["NewOperator"];
export type Note = Schemas["Note"];
export type Offer = Schemas["Offer"];
export type Operator = Schemas["Operator"];
export type OperatorChange = Schemas["OperatorChange"];
export type OperatorSession = Schemas["OperatorSession"];
export type Comparison = Schemas["Comparison"];
export type PassedOverReport = Schemas["PassedOverReport"];
export type Problem = Schemas["Problem"];
export type Queue = Schemas["Queue"];
export type QueueBody = Schemas["QueueBody"];
export type Resume = Schemas["Resume"];
export type Role = Schemas["Role"];
export type RoutingRule = Schemas["RoutingRule"];
export type SamePersonConversation = Schemas["SamePersonConversation"];
export type RuleWarning = Schemas["RuleWarning"];
/** What a search asks for, without its page. */
export type SearchQuery = Omit<NonNullable<operations["searchConversations"]["parameters"]["query"]>, "cursor" | "limit">;
export type Snippet = Schemas["Snippet"];
export type StaffedQueue = Schemas["StaffedQueue"];
export type StepReport = Schemas["StepReport"];
export type TestReport = Schemas["TestReport"];
export type TokenReport = Schemas["TokenReport"];
export type VariableType = Schemas["VariableType"];
export type VisitorPresence = Schemas["VisitorPresence"];
export type WorkStream = Schemas["WorkStream"];
export type WorkStreamBody = Schemas["WorkStreamBody"];

/** One page of a list, by cursor. */
export interface Page<Item> {
  items: Item[];
  next?: string | null;
}
