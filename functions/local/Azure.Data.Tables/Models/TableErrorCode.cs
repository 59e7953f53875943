#nullable disable // as in the original, whose API carries no nullability annotations

using System.ComponentModel;

namespace Azure.Data.Tables.Models;

/// <summary>The service's error codes; compare them with <see cref="RequestFailedException.ErrorCode"/>.</summary>
public readonly struct TableErrorCode : IEquatable<TableErrorCode>
{
    private readonly string code;

    /// <summary>The error code of this name.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public TableErrorCode(string value) => code = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>AccountIOPSLimitExceeded.</summary>
    public static TableErrorCode AccountIOPSLimitExceeded { get; } = new(nameof(AccountIOPSLimitExceeded));

    /// <summary>AtomFormatNotSupported.</summary>
    public static TableErrorCode AtomFormatNotSupported { get; } = new(nameof(AtomFormatNotSupported));

    /// <summary>AuthorizationPermissionMismatch.</summary>
    public static TableErrorCode AuthorizationPermissionMismatch { get; } = new(nameof(AuthorizationPermissionMismatch));

    /// <summary>AuthorizationResourceTypeMismatch.</summary>
    public static TableErrorCode AuthorizationResourceTypeMismatch { get; } = new(nameof(AuthorizationResourceTypeMismatch));

    /// <summary>CannotCreateTableWithIOPSGreaterThanMaxAllowedPerTable.</summary>
    public static TableErrorCode CannotCreateTableWithIOPSGreaterThanMaxAllowedPerTable { get; } = new(nameof(CannotCreateTableWithIOPSGreaterThanMaxAllowedPerTable));

    /// <summary>CommandsInBatchActOnDifferentPartitions.</summary>
    public static TableErrorCode CommandsInBatchActOnDifferentPartitions { get; } = new(nameof(CommandsInBatchActOnDifferentPartitions));

    /// <summary>ContentLengthExceeded.</summary>
    public static TableErrorCode ContentLengthExceeded { get; } = new(nameof(ContentLengthExceeded));

    /// <summary>DuplicateKeyPropertySpecified.</summary>
    public static TableErrorCode DuplicateKeyPropertySpecified { get; } = new(nameof(DuplicateKeyPropertySpecified));

    /// <summary>DuplicatePropertiesSpecified.</summary>
    public static TableErrorCode DuplicatePropertiesSpecified { get; } = new(nameof(DuplicatePropertiesSpecified));

    /// <summary>EntityAlreadyExists.</summary>
    public static TableErrorCode EntityAlreadyExists { get; } = new(nameof(EntityAlreadyExists));

    /// <summary>EntityNotFound.</summary>
    public static TableErrorCode EntityNotFound { get; } = new(nameof(EntityNotFound));

    /// <summary>EntityTooLarge.</summary>
    public static TableErrorCode EntityTooLarge { get; } = new(nameof(EntityTooLarge));

    /// <summary>Forbidden.</summary>
    public static TableErrorCode Forbidden { get; } = new(nameof(Forbidden));

    /// <summary>InvalidDuplicateRow.</summary>
    public static TableErrorCode InvalidDuplicateRow { get; } = new(nameof(InvalidDuplicateRow));

    /// <summary>InvalidInput.</summary>
    public static TableErrorCode InvalidInput { get; } = new(nameof(InvalidInput));

    /// <summary>InvalidValueType.</summary>
    public static TableErrorCode InvalidValueType { get; } = new(nameof(InvalidValueType));

    /// <summary>JsonFormatNotSupported.</summary>
    public static TableErrorCode JsonFormatNotSupported { get; } = new(nameof(JsonFormatNotSupported));

    /// <summary>JsonVerboseFormatNotSupported.</summary>
    public static TableErrorCode JsonVerboseFormatNotSupported { get; } = new(nameof(JsonVerboseFormatNotSupported));

    /// <summary>KeyValueTooLarge.</summary>
    public static TableErrorCode KeyValueTooLarge { get; } = new(nameof(KeyValueTooLarge));

    /// <summary>MediaTypeNotSupported.</summary>
    public static TableErrorCode MediaTypeNotSupported { get; } = new(nameof(MediaTypeNotSupported));

    /// <summary>MethodNotAllowed.</summary>
    public static TableErrorCode MethodNotAllowed { get; } = new(nameof(MethodNotAllowed));

    /// <summary>NotImplemented.</summary>
    public static TableErrorCode NotImplemented { get; } = new(nameof(NotImplemented));

    /// <summary>OperationTimedOut.</summary>
    public static TableErrorCode OperationTimedOut { get; } = new(nameof(OperationTimedOut));

    /// <summary>OperatorInvalid.</summary>
    public static TableErrorCode OperatorInvalid { get; } = new(nameof(OperatorInvalid));

    /// <summary>OutOfRangeInput.</summary>
    public static TableErrorCode OutOfRangeInput { get; } = new(nameof(OutOfRangeInput));

    /// <summary>PartitionKeyEqualityComparisonExpected.</summary>
    public static TableErrorCode PartitionKeyEqualityComparisonExpected { get; } = new(nameof(PartitionKeyEqualityComparisonExpected));

    /// <summary>PartitionKeyNotSpecified.</summary>
    public static TableErrorCode PartitionKeyNotSpecified { get; } = new(nameof(PartitionKeyNotSpecified));

    /// <summary>PartitionKeyPropertyCannotBeUpdated.</summary>
    public static TableErrorCode PartitionKeyPropertyCannotBeUpdated { get; } = new(nameof(PartitionKeyPropertyCannotBeUpdated));

    /// <summary>PartitionKeySpecifiedMoreThanOnce.</summary>
    public static TableErrorCode PartitionKeySpecifiedMoreThanOnce { get; } = new(nameof(PartitionKeySpecifiedMoreThanOnce));

    /// <summary>PerTableIOPSDecrementLimitReached.</summary>
    public static TableErrorCode PerTableIOPSDecrementLimitReached { get; } = new(nameof(PerTableIOPSDecrementLimitReached));

    /// <summary>PerTableIOPSIncrementLimitReached.</summary>
    public static TableErrorCode PerTableIOPSIncrementLimitReached { get; } = new(nameof(PerTableIOPSIncrementLimitReached));

    /// <summary>PrimaryKeyPropertyIsInvalidType.</summary>
    public static TableErrorCode PrimaryKeyPropertyIsInvalidType { get; } = new(nameof(PrimaryKeyPropertyIsInvalidType));

    /// <summary>PropertiesNeedValue.</summary>
    public static TableErrorCode PropertiesNeedValue { get; } = new(nameof(PropertiesNeedValue));

    /// <summary>PropertyNameInvalid.</summary>
    public static TableErrorCode PropertyNameInvalid { get; } = new(nameof(PropertyNameInvalid));

    /// <summary>PropertyNameTooLong.</summary>
    public static TableErrorCode PropertyNameTooLong { get; } = new(nameof(PropertyNameTooLong));

    /// <summary>PropertyValueTooLarge.</summary>
    public static TableErrorCode PropertyValueTooLarge { get; } = new(nameof(PropertyValueTooLarge));

    /// <summary>ResourceNotFound.</summary>
    public static TableErrorCode ResourceNotFound { get; } = new(nameof(ResourceNotFound));

    /// <summary>SettingIOPSForATableInProvisioningNotAllowed.</summary>
    public static TableErrorCode SettingIOPSForATableInProvisioningNotAllowed { get; } = new(nameof(SettingIOPSForATableInProvisioningNotAllowed));

    /// <summary>TableAlreadyExists.</summary>
    public static TableErrorCode TableAlreadyExists { get; } = new(nameof(TableAlreadyExists));

    /// <summary>TableBeingDeleted.</summary>
    public static TableErrorCode TableBeingDeleted { get; } = new(nameof(TableBeingDeleted));

    /// <summary>TableHasNoProperties.</summary>
    public static TableErrorCode TableHasNoProperties { get; } = new(nameof(TableHasNoProperties));

    /// <summary>TableHasNoSuchProperty.</summary>
    public static TableErrorCode TableHasNoSuchProperty { get; } = new(nameof(TableHasNoSuchProperty));

    /// <summary>TableNotFound.</summary>
    public static TableErrorCode TableNotFound { get; } = new(nameof(TableNotFound));

    /// <summary>TooManyProperties.</summary>
    public static TableErrorCode TooManyProperties { get; } = new(nameof(TooManyProperties));

    /// <summary>UpdateConditionNotSatisfied.</summary>
    public static TableErrorCode UpdateConditionNotSatisfied { get; } = new(nameof(UpdateConditionNotSatisfied));

    /// <summary>XMethodIncorrectCount.</summary>
    public static TableErrorCode XMethodIncorrectCount { get; } = new(nameof(XMethodIncorrectCount));

    /// <summary>XMethodIncorrectValue.</summary>
    public static TableErrorCode XMethodIncorrectValue { get; } = new(nameof(XMethodIncorrectValue));

    /// <summary>XMethodNotUsingPost.</summary>
    public static TableErrorCode XMethodNotUsingPost { get; } = new(nameof(XMethodNotUsingPost));

    /// <summary>The code of this name.</summary>
    public static implicit operator TableErrorCode(string value) => new(value);

    /// <summary>Whether both are the same code, whatever the case.</summary>
    public static bool operator ==(TableErrorCode left, TableErrorCode right) => left.Equals(right);

    /// <summary>Whether they are different codes.</summary>
    public static bool operator !=(TableErrorCode left, TableErrorCode right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(TableErrorCode other) => string.Equals(code, other.code, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object obj) => obj is TableErrorCode other && Equals(other);

    /// <inheritdoc />
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => code is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(code);

    /// <inheritdoc />
    public override string ToString() => code;
}
