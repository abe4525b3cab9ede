namespace CalendarActors.Gateway.Wire;

/// <summary>The keys of field errors. Those that the vendor uses are spelled as it spells them.</summary>
internal static class FieldKeys
{
    public const string Required = "errors.required";
    public const string MustBeBoolean = "errors.must_be_boolean";
    public const string MustBeString = "errors.must_be_string";
    public const string MustBeInteger = "errors.must_be_integer";
    public const string MustBePositive = "errors.must_be_integer_greater_than_zero";
    public const string MustBeObject = "errors.must_be_object";
    public const string MustBeArray = "errors.must_be_array";
    public const string MustBeDate = "errors.must_be_date";
    public const string MustBeTime = "errors.must_be_time";
    public const string TooLong = "errors.too_long";
    public const string TooMany = "errors.too_many";
    public const string OutOfRange = "errors.out_of_range";
    public const string InvalidFormat = "errors.invalid_format";
    public const string NotRecognized = "errors.not_recognized";
    public const string NotSupported = "errors.not_supported";
    public const string ZoneUnrecognized = "errors.tzid_unrecognized";
    public const string InvalidTimePair = "errors.invalid_time_pair";
    public const string InvalidEmail = "errors.invalid_email";
    public const string MaxRulesExceeded = "errors.max_recurrence_rules_exceeded";
    public const string CountAndUntil = "errors.not_supported_count_until_combination";
    public const string NoConferencing = "errors.integrated_conferencing_not_available";
    public const string MustBeExternalUid = "errors.must_be_external_event_uid";
}
