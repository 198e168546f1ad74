//! Where a request comes from, for rate limits and the audit; and an operator as an agent.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use bonafide_protocol::operator::Role;

use super::authenticate::Operator;
use super::client_address::ClientAddress;
use super::envelope::RequestId;
use super::problem::{ApiError, ApiResult};
use crate::conversations::{Agent, Caller};
use crate::state::AppState;

impl FromRequestParts<AppState> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let Ok(address) = ClientAddress::from_request_parts(parts, state).await;
        let request_id = RequestId::from_request_parts(parts, state).await?;
        Ok(Self {
            network: address.network(),
            request_id: request_id.as_str().to_owned(),
        })
    }
}

impl From<Operator> for Agent {
    fn from(operator: Operator) -> Self {
        Self {
            id: operator.id,
            name: operator.name,
            is_supervisor: operator.role == Role::Supervisor,
            is_program: operator.is_program,
        }
    }
}
