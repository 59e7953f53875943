using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Serialization;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Filters;

/// <summary>
/// Filters from lambda expressions: comparisons of the entity's properties with values, joined by and, or and not. Strings compare by
/// <c>==</c>, <c>Equals</c>, <c>CompareTo</c> and <c>string.Compare</c>; a dictionary entity's properties come from its indexer and getters.
/// </summary>
internal static class ExpressionFilter
{
    /// <returns>The filter; null if it selects everything.</returns>
    /// <exception cref="NotSupportedException">The service has no such operation.</exception>
    public static string? Create(LambdaExpression filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var text = Condition(filter.Body);
        return text == "true" ? null : text;
    }

    private static string Condition(Expression expression)
    {
        expression = WithoutConversions(expression);
        if (!ParameterFinder.IsIn(expression))
            return Value(expression);
        return expression switch
        {
            BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.And } and => $"{Operand(and.Left)} and {Operand(and.Right)}",
            BinaryExpression { NodeType: ExpressionType.OrElse or ExpressionType.Or } or => $"{Operand(or.Left)} or {Operand(or.Right)}",
            BinaryExpression binary => Comparison(binary),
            UnaryExpression { NodeType: ExpressionType.Not } not => $"not ({Condition(not.Operand)})",
            MethodCallExpression { Method.Name: nameof(Equals) } call => EqualsCall(call),
            _ when Property(expression) is { } property => $"{property} eq true",
            _ => throw NotSupported(expression),
        };
    }

    private static string Operand(Expression expression)
    {
        var text = Condition(expression);
        return text is "true" or "false" ? text : $"({text})";
    }

    private static string Comparison(BinaryExpression binary)
    {
        var (left, right) = (WithoutConversions(binary.Left), WithoutConversions(binary.Right));
        // x.CompareTo(y) > 0 and string.Compare(x, y) > 0 say x > y.
        if (left is MethodCallExpression { Method.Name: "CompareTo" or "Compare" } compare && !ParameterFinder.IsIn(right) && Equals(Evaluate(right), 0))
        {
            (left, right) = Operands(compare);
        }
        return $"{Side(left)} {Operator(binary)} {Side(right)}";
    }

    private static string EqualsCall(MethodCallExpression call)
    {
        var (left, right) = Operands(call);
        return $"{Side(left)} eq {Side(right)}";
    }

    private static (Expression Left, Expression Right) Operands(MethodCallExpression call) => call switch
    {
        { Object: not null, Arguments: [var argument] } => (WithoutConversions(call.Object), WithoutConversions(argument)),
        { Object: null, Arguments: [var first, var second] } => (WithoutConversions(first), WithoutConversions(second)),
        // The service compares ordinally; a StringComparison would be a lie.
        _ => throw NotSupported(call),
    };

    private static string Side(Expression expression)
    {
        if (!ParameterFinder.IsIn(expression))
            return Value(expression);
        var name = Property(expression) ?? throw NotSupported(expression);
        return expression.Type.IsEnum
            ? throw new NotSupportedException($"Enums are stored by name, but expressions compare them by number; filter '{name}' by text instead.")
            : name;
    }

    private static string? Property(Expression expression) => WithoutConversions(expression) switch
    {
        MemberExpression { Member.Name: "Value", Expression: { } inner } value when Nullable.GetUnderlyingType(value.Member.DeclaringType!) is not null
            => Property(inner),
        MemberExpression { Expression: { } owner } member when WithoutConversions(owner) is ParameterExpression => NameOf(member.Member),
        MethodCallExpression { Object: { } owner, Arguments: [var key] } call
            when WithoutConversions(owner) is ParameterExpression && IsPropertyGetter(call.Method) => Evaluate(key) as string,
        _ => null,
    };

    private static bool IsPropertyGetter(MethodInfo method) =>
        method.Name == "get_Item" || (method.DeclaringType == typeof(TableEntity) && method.Name.StartsWith("Get", StringComparison.Ordinal));

    private static string NameOf(MemberInfo member) =>
        member.DeclaringType == typeof(TableItem) && member.Name == nameof(TableItem.Name)
            ? "TableName"
            : member.GetCustomAttribute<DataMemberAttribute>()?.Name ?? member.Name;

    private static string Operator(BinaryExpression binary) => binary.NodeType switch
    {
        ExpressionType.Equal => "eq",
        ExpressionType.NotEqual => "ne",
        ExpressionType.GreaterThan => "gt",
        ExpressionType.GreaterThanOrEqual => "ge",
        ExpressionType.LessThan => "lt",
        ExpressionType.LessThanOrEqual => "le",
        _ => throw NotSupported(binary),
    };

    private static string Value(Expression expression)
    {
        var value = Evaluate(expression);
        return ODataLiteral.Of(value) ?? throw new NotSupportedException($"A value of type {value!.GetType()} has no OData literal.");
    }

    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member => field.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };

    private static Expression WithoutConversions(Expression expression)
    {
        while (expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs } conversion
            && ParameterFinder.IsIn(conversion))
        {
            expression = conversion.Operand;
        }
        return expression;
    }

    private static NotSupportedException NotSupported(Expression expression) => new($"The expression '{expression}' is not supported in a table filter.");

    private sealed class ParameterFinder : ExpressionVisitor
    {
        private bool found;

        public static bool IsIn(Expression expression)
        {
            var finder = new ParameterFinder();
            finder.Visit(expression);
            return finder.found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            found = true;
            return node;
        }
    }
}
